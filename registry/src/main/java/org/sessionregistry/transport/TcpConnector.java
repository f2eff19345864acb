package org.sessionregistry.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens TCP sockets for a {@link ConnectRace}, from one source address if there is one. Confined to
 * the event loop.
 */
final class TcpConnector implements ConnectRace.Connector<DialedSocket> {
  /**
   * A socket and what stands on it.
   *
   * @param address what it connects to
   * @param channel the socket
   * @param wire what stands on it
   */
  private record TcpSocket(SocketAddress address, Channel channel, Wire wire)
      implements DialedSocket {
    @Override
    public void close(Runnable gone) {
      channel.close().addListener(closed -> gone.run());
    }
  }

  private final SocketOpening opening;
  private final Optional<SourceAddress> source;

  TcpConnector(SocketOpening opening, Optional<SourceAddress> source) {
    this.opening = opening;
    this.source = source;
  }

  @Override
  public DialedSocket connect(SocketAddress address, Consumer<@Nullable Throwable> outcome) {
    Wire wire = opening.wires().get();
    Bootstrap bootstrap =
        opening.bootstrap(NioSocketChannel.class, wire).option(ChannelOption.TCP_NODELAY, true);
    ChannelFuture connecting =
        source
            .map(from -> connectFrom(from, bootstrap, address))
            .orElseGet(() -> bootstrap.connect(address));
    opening.tell(connecting, outcome);
    return new TcpSocket(address, connecting.channel(), wire);
  }

  /** Binds in a step of its own, whose failure the address has no part in. */
  private static ChannelFuture connectFrom(
      SourceAddress source, Bootstrap bootstrap, SocketAddress address) {
    ChannelFuture binding = bootstrap.bind(source.endpoint());
    Channel channel = binding.channel();
    if (!channel.isRegistered()) {
      return binding; // there is no socket
    }
    ChannelPromise connected = channel.newPromise();
    binding.addListener(
        bound -> {
          if (bound.isSuccess()) {
            channel.connect(address, connected);
          } else {
            connected.setFailure(new SourceAddress.BindException(bound.cause()));
          }
        });
    return connected;
  }
}
