package org.sessionregistry.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionPrefaceAndSettingsFrameWrittenEvent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2Exception.StreamException;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;

/**
 * Netty's HTTP/2, the last handler of a pipeline: frames, header compression, flow control. What it
 * finds, it tells the connection. Confined to the event loop.
 *
 * <p>The connection's own window is refilled as its bytes arrive, so that a reader who pauses
 * stalls his stream and no other; what such readers can make us hold is bounded by the window of
 * each stream times their number.
 */
final class Http2Codec extends Http2ConnectionHandler {
  /** What a peer may send of one body before it is read. */
  static final int STREAM_WINDOW = 512 * 1024;

  /** What may be under way on all streams together. */
  private static final int CONNECTION_WINDOW = 8 * 1024 * 1024;

  private static final long ANSWER_MILLIS = 500;

  private final Http2Connection owner;
  private final PropertyKey exchange = connection().newKey();
  private @Nullable ChannelHandlerContext context;
  private boolean reading;
  private boolean flushing;

  private Http2Codec(
      Http2Connection owner,
      Http2ConnectionDecoder decoder,
      Http2ConnectionEncoder encoder,
      Http2Settings settings) {
    super(decoder, encoder, settings, true);
    this.owner = owner;
    encoder.flowController().listener(this::writabilityChanged);
  }

  static Http2Codec create(Http2Connection owner, long maxHeaderBytes) {
    return new Builder(owner, maxHeaderBytes).build();
  }

  private static final class Builder
      extends AbstractHttp2ConnectionHandlerBuilder<Http2Codec, Builder> {
    private final Http2Connection owner;

    Builder(Http2Connection owner, long maxHeaderBytes) {
      this.owner = owner;
      DefaultHttp2Connection connection = new DefaultHttp2Connection(false);
      connection
          .local()
          .flowController(
              new DefaultHttp2LocalFlowController(
                  connection, DefaultHttp2LocalFlowController.DEFAULT_WINDOW_UPDATE_RATIO, true));
      connection
          .remote()
          .flowController(
              new DefaultHttp2RemoteFlowController(
                  connection, new UniformStreamByteDistributor(connection)));
      connection(connection);
      initialSettings(
          new Http2Settings()
              .pushEnabled(false)
              .initialWindowSize(STREAM_WINDOW)
              .maxHeaderListSize(maxHeaderBytes));
      headerSensitivityDetector((name, value) -> Http2Fields.isSecret(name));
      encoderIgnoreMaxHeaderListSize(true); // advice (RFC 9113 section 6.5.2); it will answer 431
      frameListener(new Http2Frames(owner));
    }

    @Override
    protected Http2Codec build() {
      return super.build();
    }

    @Override
    protected Http2Codec build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      return new Http2Codec(owner, decoder, encoder, settings);
    }
  }

  ChannelHandlerContext context() {
    ChannelHandlerContext mine = context;
    if (mine == null) {
      throw new IllegalStateException("the connection is not open yet");
    }
    return mine;
  }

  // ---- streams -------------------------------------------------------------------------------

  /** A new stream of ours. */
  Http2Stream open() throws Http2Exception {
    int last = connection().local().lastStreamCreated();
    return connection().local().createStream(last == 0 ? 1 : last + 2, false);
  }

  void bind(Http2Stream stream, Http2Exchange its) {
    stream.setProperty(exchange, its);
  }

  @Nullable Http2Exchange exchange(int streamId) {
    Http2Stream stream = connection().stream(streamId);
    return stream == null ? null : stream.getProperty(exchange);
  }

  /** Tells the peer that we take no further interest in a stream. */
  void reset(Http2Stream stream, Http2Error code) {
    encoder().writeRstStream(context(), stream.id(), code.code(), context().newPromise());
    owner.countReset();
    flushSoon();
  }

  /** Lets the peer send more on a stream. */
  void consumed(Http2Stream stream, int bytes) {
    try {
      if (decoder().flowController().consumeBytes(stream, bytes)) {
        flushSoon();
      }
    } catch (Http2Exception e) {
      onError(context(), true, e);
    }
  }

  private void writabilityChanged(Http2Stream stream) {
    Http2Exchange its = stream.getProperty(exchange);
    if (its != null) {
      its.writabilityChanged();
    }
  }

  /** Once for all that is written meanwhile: a flush is a system call. */
  void flushSoon() {
    if (!reading && !flushing) {
      flushing = true;
      context().executor().execute(this::flushNow);
    }
  }

  private void flushNow() {
    flushing = false;
    flush(context());
  }

  void ping() {
    encoder().writePing(context(), false, System.identityHashCode(this), context().newPromise());
    flushSoon();
  }

  /**
   * The socket takes no more. The peer may have answered before it closed, and that answer may be
   * on its way: it gets a moment.
   */
  void writeFailed(Throwable failure) {
    if (owner.isSpoiledBy(failure)) {
      context().executor().schedule(() -> context().close(), ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  // ---- the channel ---------------------------------------------------------------------------

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
    context = ctx;
    owner.added(ctx);
    super.handlerAdded(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof Http2ConnectionPrefaceAndSettingsFrameWrittenEvent) {
      decoder()
          .flowController()
          .incrementWindowSize(
              connection().connectionStream(),
              CONNECTION_WINDOW - Http2CodecUtil.DEFAULT_WINDOW_SIZE);
    } else if (event instanceof SslCloseCompletionEvent end) {
      owner.lost(end.isSuccess() ? null : end.cause());
    }
    super.userEventTriggered(ctx, event);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
    reading = true;
    owner.heard();
    super.channelRead(ctx, msg);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    reading = false;
    super.channelReadComplete(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    reading = false;
    owner.lost(null);
    super.channelInactive(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) throws Exception {
    if (Http2CodecUtil.getEmbeddedHttp2Exception(failure) == null) {
      owner.lost(failure);
    } else {
      super.exceptionCaught(ctx, failure);
    }
  }

  // ---- errors --------------------------------------------------------------------------------

  @Override
  protected void onStreamError(
      ChannelHandlerContext ctx, boolean outbound, Throwable cause, StreamException error) {
    Http2Exchange its = exchange(error.streamId());
    if (its == null) {
      return; // given up already: what is still under way of it needs no further answer
    }
    if (error instanceof HeaderListSizeException) {
      its.reset(Http2Error.CANCEL, Kind.HEADERS_TOO_LARGE, Http2Connection.TOO_LARGE, error);
    } else {
      its.reset(
          error.error(), Kind.INVALID, "not a valid HTTP/2 response: " + error.getMessage(), error);
    }
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext ctx,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception error) {
    if (error == null && outbound) {
      writeFailed(cause);
    } else {
      owner.invalid(cause, error == null ? Http2Error.INTERNAL_ERROR : error.error());
    }
  }
}
