package org.sessionregistry.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What sockets of every kind have in common: where they live, what their pipeline is, and how it is
 * told that they are connected or gone. Their time is limited by the {@link ConnectRace} alone.
 * Confined to the event loop.
 *
 * @param loop where they live
 * @param buffers what they read into and are written from
 * @param onLoop runs tasks on it, and sees to what they throw
 * @param wires makes what stands on each
 */
record SocketOpening(
    EventLoop loop, ByteBufAllocator buffers, Executor onLoop, Supplier<Wire> wires) {

  Bootstrap bootstrap(Class<? extends Channel> kind, Wire wire) {
    return new Bootstrap()
        .group(loop)
        .channel(kind)
        .disableResolver()
        .option(ChannelOption.ALLOCATOR, buffers)
        .option(ChannelOption.AUTO_CLOSE, false) // a failed write must not lose an answer
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel opened) {
                wire.fill(opened);
              }
            });
  }

  /** Tells on the loop: null when connected; or why not, and then no socket is left. */
  void tell(ChannelFuture connecting, Consumer<@Nullable Throwable> outcome) {
    Channel channel = connecting.channel();
    connecting.addListener(
        done -> {
          if (done.isSuccess()) {
            outcome.accept(null);
          } else if (channel.isRegistered()) {
            channel
                .close()
                .addListener(closed -> onLoop.execute(() -> outcome.accept(done.cause())));
          } else {
            // There is no socket, and the thread may be one of Netty's own.
            onLoop.execute(() -> outcome.accept(done.cause()));
          }
        });
  }
}
