package org.sessionregistry.transport;

import io.netty.channel.Channel;
import java.net.SocketAddress;

/** A socket that connects or is connected, and what stands on it. Confined to the event loop. */
interface DialedSocket extends ConnectRace.Socket {
  /** What it connects to. */
  SocketAddress address();

  Channel channel();

  /** What stands on it. */
  Wire wire();
}
