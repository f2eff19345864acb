package org.sessionregistry.transport;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Dialer;

/**
 * What is told of a connection once it is open: how much it takes, that its host has left the
 * address, its end. The rule: who has been told that it takes no more is told nothing else but the
 * end. Confined to the connection's event loop.
 */
final class OpenConnection {
  private final Dialer.Listener listener;
  private final NettyConnection connection;
  private boolean retired;

  OpenConnection(Dialer.Listener listener, NettyConnection connection) {
    this.listener = listener;
    this.connection = connection;
  }

  /** Retires it when its host leaves the address; to be called before the first exchange. */
  void watch(
      Names names, String host, @Nullable SocketAddress address, Channel opened, Executor onLoop) {
    if (address instanceof InetSocketAddress remote) {
      names
          .watch(host, remote.getAddress(), onLoop, () -> capacity(0))
          .ifPresent(
              begun -> {
                begun.begin();
                connection.whenUsed(begun::used);
                opened.closeFuture().addListener(closed -> begun.end());
              });
    }
  }

  void capacity(int now) {
    if (!retired) {
      retired = now == 0;
      listener.capacity(now);
    }
  }
}
