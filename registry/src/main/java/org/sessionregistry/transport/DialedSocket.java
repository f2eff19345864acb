package org.sessionregistry.transport;

import io.netty.channel.Channel;
import java.net.SocketAddress;

/** A socket that connects or is connected, and the connection on it. Confined to the event loop. */
interface DialedSocket extends ConnectRace.Socket {
  /** What it connects to. */
  SocketAddress address();

  Channel channel();

  /** The last handler of the channel's pipeline. */
  Http1Connection connection();
}
