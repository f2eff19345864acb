package org.sessionregistry.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.connector.Frame;
import org.sessionregistry.connector.FrameEvents;
import org.sessionregistry.connector.OutgoingRequest;
import org.sessionregistry.connector.WebSocketConnection;

/**
 * One connection that becomes a WebSocket: the last handler of its pipeline, at first behind the
 * {@link UpgradeExchange}, which speaks HTTP/1.1, then behind Netty's decoder of frames.
 *
 * <p>What {@link org.sessionregistry.connector.Connection} has may be called by any thread and only
 * hands tasks to the event loop; all else is confined to it.
 */
final class WebSocketChannel extends ChannelInboundHandlerAdapter
    implements NettyConnection, WebSocketConnection {
  private final OnLoop loop = new OnLoop();

  // Confined to the event loop.
  private Runnable whenUsed = () -> {};
  private @Nullable UpgradeExchange upgrade;
  private @Nullable FrameInlet inlet;
  private final MaskedFrames masked = new MaskedFrames();

  void fill(ChannelPipeline pipeline, int maxHeaderBytes) {
    UpgradeExchange exchange = new UpgradeExchange(maxHeaderBytes);
    upgrade = exchange;
    exchange.fill(pipeline);
    pipeline.addLast(this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    loop.bind(ctx);
  }

  @Override
  public void whenUsed(Runnable action) {
    whenUsed = action;
  }

  // ---- any thread ----------------------------------------------------------------------------

  @Override
  public boolean multiplexes() {
    return false;
  }

  @Override
  public void exchange(OutgoingRequest request, ExchangeEvents to) {
    try {
      loop.run(() -> begin(request, to));
    } catch (RejectedExecutionException e) {
      to.failed(new WireFailure(Kind.NOT_SENT, "the registry is closed", e));
    }
  }

  private void begin(OutgoingRequest request, ExchangeEvents to) {
    UpgradeExchange handshake = upgrade;
    if (handshake == null || handshake.isOver()) {
      throw new IllegalStateException("the connection has served its exchange");
    }
    whenUsed.run();
    handshake.begin(request, to);
  }

  /** Nothing stops the answer to the opening handshake. */
  @Override
  public void resume(ExchangeEvents exchange) {}

  /** What comes with an answer that is no 101 is not worth waiting for. */
  @Override
  public void discard(ExchangeEvents exchange) {
    cancel(exchange);
  }

  @Override
  public void cancel(ExchangeEvents exchange) {
    loop.quietly(
        () -> {
          UpgradeExchange handshake = upgrade;
          if (handshake != null && handshake.serves(exchange)) {
            handshake.giveUp();
          }
        });
  }

  @Override
  public void close() {
    loop.quietly(
        () -> {
          FrameInlet frames = inlet;
          if (frames != null) {
            frames.drop();
          }
          loop.context().close();
        });
  }

  @Override
  public boolean execute(Runnable task) {
    try {
      loop.run(task);
      return true;
    } catch (RejectedExecutionException ended) {
      return false;
    }
  }

  // ---- frames --------------------------------------------------------------------------------

  @Override
  public void switchToFrames(FrameEvents events, int maxPayload, boolean compression) {
    UpgradeExchange handshake = upgrade;
    if (handshake == null) {
      throw new IllegalStateException("there is a WebSocket already");
    }
    inlet = new FrameInlet(loop.context(), events, compression);
    upgrade = null;
    loop.context().channel().config().setAutoRead(false);
    handshake.makeWayFor(FrameInlet.decoder(maxPayload));
  }

  private FrameInlet inlet() {
    FrameInlet frames = inlet;
    if (frames == null) {
      throw new IllegalStateException("there is no WebSocket yet");
    }
    return frames;
  }

  @Override
  public void read() {
    inlet().read();
  }

  @Override
  public void write(Frame frame, Consumer<@Nullable Throwable> written) {
    ChannelHandlerContext ctx = loop.context();
    ctx.write(masked.encode(ctx.alloc(), frame))
        .addListener(done -> written.accept(done.isSuccess() ? null : done.cause()));
  }

  @Override
  public void flush() {
    loop.context().flush();
  }

  @Override
  public void finish(long millis) {
    ChannelHandlerContext ctx = loop.context();
    inlet().discardAll();
    ctx.executor().schedule(() -> ctx.close(), millis, TimeUnit.MILLISECONDS);
  }

  // ---- the pipeline --------------------------------------------------------------------------

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    try {
      FrameInlet frames = inlet;
      if (frames != null && msg instanceof WebSocketFrame frame) {
        frames.arrived(frame.rsv(), frame, ByteBufUtil.getBytes(frame.content()));
      }
    } finally {
      ReferenceCountUtil.release(msg);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    FrameInlet frames = inlet;
    UpgradeExchange handshake = upgrade;
    if (frames != null) {
      frames.failed(failure);
    } else if (handshake != null) {
      handshake.lost(failure);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    FrameInlet frames = inlet;
    UpgradeExchange handshake = upgrade;
    if (frames != null) {
      frames.ended();
    } else if (handshake != null) {
      handshake.lost(null);
    }
    ctx.fireChannelInactive();
  }
}
