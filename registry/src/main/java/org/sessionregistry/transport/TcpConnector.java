package org.sessionregistry.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens TCP sockets whose pipeline ends in a connection, for a {@link ConnectRace}, which alone
 * limits the time. Confined to the event loop.
 */
final class TcpConnector implements ConnectRace.Connector<TcpConnector.TcpSocket> {
  /**
   * A socket and the connection on it.
   *
   * @param address what it connects to
   * @param channel the socket
   * @param connection the last handler of its pipeline
   */
  record TcpSocket(InetSocketAddress address, Channel channel, Http1Connection connection)
      implements ConnectRace.Socket {
    @Override
    public void close(Runnable gone) {
      channel.close().addListener(closed -> gone.run());
    }
  }

  private final EventLoop loop;
  private final Executor onLoop;
  private final BiConsumer<Channel, Http1Connection> configure;

  /**
   * Opens sockets on a loop.
   *
   * @param onLoop runs tasks on it, and sees to what they throw
   * @param configure fills the pipeline
   */
  TcpConnector(EventLoop loop, Executor onLoop, BiConsumer<Channel, Http1Connection> configure) {
    this.loop = loop;
    this.onLoop = onLoop;
    this.configure = configure;
  }

  @Override
  public TcpSocket connect(InetSocketAddress address, Consumer<@Nullable Throwable> outcome) {
    Http1Connection connection = new Http1Connection();
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .disableResolver()
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.AUTO_CLOSE, false) // a failed write must not lose an answer
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    configure.accept(opened, connection);
                  }
                })
            .connect(address);
    TcpSocket socket = new TcpSocket(address, connecting.channel(), connection);
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            outcome.accept(null);
          } else if (socket.channel.isRegistered()) {
            socket.close(() -> onLoop.execute(() -> outcome.accept(done.cause())));
          } else {
            // There is no socket, and the thread may be one of Netty's own.
            onLoop.execute(() -> outcome.accept(done.cause()));
          }
        });
    return socket;
  }
}
