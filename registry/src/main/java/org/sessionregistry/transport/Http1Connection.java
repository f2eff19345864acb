package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.connector.OutgoingRequest;

/**
 * One HTTP/1.1 connection: the last handler of its pipeline, serving one exchange after the other.
 *
 * <p>The public methods may be called by any thread and only hand tasks to the event loop; all else
 * is confined to it. An exchange never begins while bytes of the previous read are being decoded,
 * so that a peer that sends more than its response cannot answer the next request with it.
 *
 * <p>It is long because every event of the channel is one method here, and all of them look at how
 * far the one exchange is.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements NettyConnection {
  private static final int DISCARD_BYTES = 64 * 1024;
  private static final long DISCARD_MILLIS = 100;
  private static final long ANSWER_MILLIS = 500;

  private final OnLoop loop = new OnLoop();
  private final @Nullable Forwarding forwarding;

  /** Set before anybody else knows the connection. */
  private @Nullable InetSocketAddress peer;

  // Confined to the event loop.
  private @Nullable Http1Codec codec;
  private @Nullable ChannelHandlerContext encoder;
  private @Nullable ExchangeEvents events;
  private @Nullable RequestWriter writer;
  private @Nullable Runnable next;
  private Runnable whenUsed = () -> {};
  private @Nullable Throwable cause;
  private boolean decoding;
  private boolean bytesIn;
  private boolean headIn;
  private boolean interim;
  private int interims;
  private boolean discarding;
  private int discarded;
  private long keepAliveNanos;

  /** One to the server itself, be it through a tunnel. */
  Http1Connection() {
    this(null);
  }

  /**
   * One that requests are sent on.
   *
   * @param forwarding to a proxy that forwards them; null to the server itself
   */
  Http1Connection(@Nullable Forwarding forwarding) {
    this.forwarding = forwarding;
  }

  // ---- any thread ----------------------------------------------------------------------------

  @Override
  public void exchange(OutgoingRequest request, ExchangeEvents to) {
    try {
      loop.run(() -> beginSafely(request, to));
    } catch (RejectedExecutionException e) {
      to.failed(new WireFailure(Kind.NOT_SENT, "the registry is closed", e));
    }
  }

  @Override
  public boolean multiplexes() {
    return false;
  }

  @Override
  public @Nullable InetSocketAddress peer() {
    return peer;
  }

  @Override
  public void resume(ExchangeEvents exchange) {
    loop.quietly(
        () -> {
          if (events == exchange) {
            readOn(true);
          }
        });
  }

  @Override
  public void discard(ExchangeEvents exchange) {
    loop.quietly(() -> discardNow(exchange));
  }

  @Override
  public void cancel(ExchangeEvents exchange) {
    loop.quietly(
        () -> {
          if (events == exchange) {
            ctx().close();
          }
        });
  }

  @Override
  public void close() {
    loop.quietly(() -> ctx().close());
  }

  private ChannelHandlerContext ctx() {
    return loop.context();
  }

  private Http1Codec codec() {
    return behindCodec(codec);
  }

  private ChannelHandlerContext encoder() {
    return behindCodec(encoder);
  }

  private static <T> T behindCodec(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the connection stands behind no codec");
    }
    return part;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    encoder = ctx.pipeline().context(Http1Codec.class);
    codec = ctx.pipeline().get(Http1Codec.class);
    loop.bind(ctx);
  }

  @Override
  public void leadsTo(InetSocketAddress address) {
    peer = address;
  }

  @Override
  public void whenUsed(Runnable action) {
    whenUsed = action;
  }

  // ---- sending -------------------------------------------------------------------------------

  private void beginSafely(OutgoingRequest request, ExchangeEvents to) {
    if (decoding) {
      next = () -> begin(request, to);
    } else {
      begin(request, to);
    }
  }

  private void begin(OutgoingRequest request, ExchangeEvents to) {
    if (!ctx().channel().isActive()) {
      to.failed(new WireFailure(Kind.NOT_SENT, "the connection was closed", cause));
      return;
    }
    if (events != null) {
      throw new IllegalStateException("the connection serves another exchange");
    }
    whenUsed.run();
    events = to;
    bytesIn = false;
    headIn = false;
    interim = false;
    interims = 0;
    discarding = false;
    discarded = 0;
    codec().expectAnswerTo(request.method());
    Http1Sink sink = new Http1Sink(ctx(), encoder());
    RequestWriter sending =
        new RequestWriter(sink, to, this::requestBodyFailed, this::requestNotTaken);
    writer = sending;
    sending.write(forwarding == null ? request : forwarding.rewrite(request));
  }

  private void requestBodyFailed(String message, @Nullable Throwable failure) {
    fail(Kind.REQUEST_BODY, message, failure);
  }

  /**
   * The socket takes no more of the request. The peer may have answered before it closed, and that
   * answer may be on its way: it gets a moment.
   */
  private void requestNotTaken(Throwable failure) {
    ExchangeEvents unanswered = events;
    cause = failure;
    ctx()
        .executor()
        .schedule(
            () -> {
              if (events == unanswered && !headIn) {
                ctx().close();
              }
            },
            ANSWER_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (writer != null) {
      writer.writabilityChanged();
    }
    ctx.fireChannelWritabilityChanged();
  }

  // ---- receiving -----------------------------------------------------------------------------

  /** Called before the codec decodes. */
  void bytesCameIn() {
    bytesIn = true;
    decoding = true;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    try {
      if (events == null) {
        // Nobody asked: what comes now can only be mistaken for the answer to another request.
        ctx.close();
        return;
      }
      if (msg instanceof HttpObject part && part.decoderResult().isFailure()) {
        failDecoding(part.decoderResult());
        return;
      }
      if (msg instanceof HttpResponse response) {
        head(response);
      }
      if (msg instanceof HttpContent content) {
        body(content);
      }
    } finally {
      ReferenceCountUtil.release(msg);
    }
  }

  private void head(HttpResponse response) {
    interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    int status = response.status().code();
    if (status == 101) {
      fail(Kind.INVALID, "101 Switching Protocols, which nobody asked for", null);
    } else if (status < 100 || status > 999) {
      fail(Kind.INVALID, "the status " + status + " has not three digits", null);
    }
    if (status == 407 && forwarding != null) {
      fail(
          Kind.PROXY_AUTHENTICATION,
          forwarding.refused(
              response.status().reasonPhrase(), response.headers().getAll("Proxy-Authenticate")),
          null);
    }
    ExchangeEvents to = events;
    if (to == null) {
      return;
    }
    if (interim) {
      informational(to, response);
      return;
    }
    headIn = true;
    if (writer != null) {
      writer.answered();
    }
    keepAliveNanos = KeepAlive.of(response);
    to.head(
        response.protocolVersion().text(),
        response.status().code(),
        response.status().reasonPhrase(),
        Http1Fields.flatten(response.headers()));
  }

  private void informational(ExchangeEvents to, HttpResponse response) {
    if (++interims > MOST_INFORMATIONAL) {
      fail(Kind.INVALID, "not a valid HTTP/1.1 response: " + TOO_MANY_INFORMATIONAL, null);
      return;
    }
    if (response.status().code() == 100 && writer != null) {
      writer.proceed();
    }
    if (events == to) {
      to.informational(response.status().code(), Http1Fields.flatten(response.headers()));
    }
  }

  private void body(HttpContent content) {
    if (interim) {
      return;
    }
    ByteBuf bytes = content.content();
    if (bytes.isReadable()) {
      if (discarding) {
        discarded += bytes.readableBytes();
        if (discarded > DISCARD_BYTES) {
          fail(Kind.DISCARDED, "the rest of the body is too large to be read away", null);
        }
      } else if (events != null && !events.data(ByteBufUtil.getBytes(bytes))) {
        readOn(false);
      }
    }
    if (content instanceof LastHttpContent last) {
      if (events != null && !last.trailingHeaders().isEmpty()) {
        events.trailers(Http1Fields.flatten(last.trailingHeaders()));
      }
      end();
    }
  }

  private void end() {
    ExchangeEvents to = events;
    if (to == null) {
      return; // failed while its last bytes were handed over
    }
    events = null;
    codec().answered();
    RequestWriter sending = writer;
    writer = null;
    readOn(true);
    if (sending == null || sending.isSent()) {
      to.ended(keepAliveNanos);
      return;
    }
    try {
      sending.cancel(); // answered before it was sent: the rest would be the next request's start
    } finally {
      to.ended(0);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    decoding = false;
    if (headIn && events != null) {
      events.readComplete();
    }
    if (codec().hasUnsolicited()) {
      ctx.close(); // else it would be mistaken for a part of the next answer
    }
    Runnable begin = next;
    if (begin != null) {
      next = null;
      begin.run();
    }
    ctx.fireChannelReadComplete();
  }

  private void readOn(boolean on) {
    if (ctx().channel().config().isAutoRead() != on) {
      ctx().channel().config().setAutoRead(on);
    }
  }

  private void discardNow(ExchangeEvents exchange) {
    if (events != exchange) {
      return; // it has ended, and another may have begun
    }
    if (!headIn || discarding) {
      return;
    }
    discarding = true;
    readOn(true);
    ctx()
        .executor()
        .schedule(
            () -> {
              if (events == exchange) {
                fail(Kind.DISCARDED, "the rest of the body did not come at once", null);
              }
            },
            DISCARD_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  // ---- failing -------------------------------------------------------------------------------

  private void failDecoding(DecoderResult result) {
    if (result.cause() instanceof TooLongHttpHeaderException) {
      fail(Kind.HEADERS_TOO_LARGE, "the header fields are larger than allowed", result.cause());
    } else if (result.cause() instanceof PrematureChannelClosureException) {
      lost();
    } else {
      fail(Kind.INVALID, "not a valid HTTP/1.1 response: " + result.cause(), result.cause());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    cause = failure;
    lost();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslCloseCompletionEvent end) {
      if (end.isSuccess()) {
        ctx.close(); // nothing will come (RFC 8446 section 6.1)
      } else {
        // Cut, so that a body without length is not known to be whole (RFC 9112 section 9.8).
        cause = end.cause();
        lost();
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  /** The connection ended or is unusable: what that means depends on how far the response is. */
  private void lost() {
    if (headIn) {
      fail(Kind.TRUNCATED, "the connection was closed within the body", cause);
    } else if (bytesIn) {
      fail(Kind.CLOSED_EARLY, "the connection was closed within the response's head", cause);
    } else {
      fail(Kind.CLOSED_UNANSWERED, "the connection was closed before any response", cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    decoding = false;
    lost();
    Runnable begin = next;
    if (begin != null) {
      next = null;
      begin.run(); // finds the connection closed and says so
    }
    ctx.fireChannelInactive();
  }

  /** Ends the exchange, if there is one, and the connection with it. */
  private void fail(Kind kind, String message, @Nullable Throwable failure) {
    ExchangeEvents to = events;
    events = null;
    RequestWriter sending = writer;
    writer = null;
    try {
      if (sending != null) {
        sending.cancel();
      }
    } finally {
      // Whatever the body's publisher does when it is cancelled: the caller hears.
      ctx().close();
      if (to != null) {
        to.failed(new WireFailure(kind, message, failure));
      }
    }
  }
}
