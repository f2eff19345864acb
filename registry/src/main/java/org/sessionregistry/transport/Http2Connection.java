package org.sessionregistry.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.connector.OutgoingRequest;
import org.sessionregistry.connector.Route;

/**
 * One HTTP/2 connection, serving exchanges side by side.
 *
 * <p>The public methods may be called by any thread and only hand tasks to the event loop; all else
 * is confined to it. Once the connection is lost, that is known before any exchange hears, so that
 * none begins on it in answer to the failure of another.
 */
final class Http2Connection implements NettyConnection {
  /** Hears of the connection itself, on the event loop. */
  interface Listener {
    /** How many exchanges there may be at once; the first call says that the peer speaks HTTP/2. */
    void capacity(int capacity);

    /** It ended before the peer has shown that it speaks HTTP/2. */
    void unfit(String why, @Nullable Throwable cause);
  }

  /** How Netty begins to say that of a head too large to be skipped, in its message alone. */
  private static final String NETTYS_TOO_LARGE = "Header size exceeded";

  static final String TOO_LARGE = "the header fields are larger than allowed";

  private final Listener listener;
  private final Http2Codec codec;
  private final Http2Fields fields;
  private final StreamLimit limit;
  private final ResetBudget resets;
  private final DialContext dial;
  private final OnLoop loop = new OnLoop();

  /** Set before anybody else knows the connection. */
  private @Nullable InetSocketAddress peer;

  // Confined to the event loop.
  private final IdentityHashMap<ExchangeEvents, Http2Exchange> exchanges = new IdentityHashMap<>();
  private @Nullable Silence silence;
  private @Nullable Throwable cause;
  private @Nullable IOException goAway;
  private Runnable whenUsed = () -> {};
  private boolean fit;
  private boolean lost;

  Http2Connection(DialContext dial, Route route, Listener listener) {
    this.dial = dial;
    this.listener = listener;
    this.fields = new Http2Fields(route);
    this.limit = new StreamLimit(dial.maxStreams(), this::tellCapacity);
    this.resets = new ResetBudget(dial.scheduler());
    this.codec = Http2Codec.create(this, dial.limits().responseHeaders().bytes());
  }

  Http2Codec codec() {
    return codec;
  }

  // ---- any thread ----------------------------------------------------------------------------

  @Override
  public boolean multiplexes() {
    return true;
  }

  @Override
  public void exchange(OutgoingRequest request, ExchangeEvents to) {
    try {
      loop.run(() -> begin(request, to));
    } catch (RejectedExecutionException e) {
      to.failed(new WireFailure(Kind.NOT_SENT, "the registry is closed", e));
    }
  }

  @Override
  public @Nullable InetSocketAddress peer() {
    return peer;
  }

  @Override
  public void resume(ExchangeEvents exchange) {
    loop.quietly(() -> with(exchange, Http2Exchange::resume));
  }

  @Override
  public void discard(ExchangeEvents exchange) {
    loop.quietly(() -> with(exchange, Http2Exchange::discard));
  }

  @Override
  public void cancel(ExchangeEvents exchange) {
    loop.quietly(() -> with(exchange, Http2Exchange::cancel));
  }

  @Override
  public void close() {
    loop.quietly(this::closeNow);
  }

  private ChannelHandlerContext ctx() {
    return loop.context();
  }

  @Override
  public void leadsTo(InetSocketAddress address) {
    peer = address;
  }

  @Override
  public void whenUsed(Runnable action) {
    whenUsed = action;
  }

  // ---- exchanges -----------------------------------------------------------------------------

  private void begin(OutgoingRequest request, ExchangeEvents to) {
    if (lost || !ctx().channel().isActive()) {
      to.failed(new WireFailure(Kind.NOT_SENT, "the connection was closed", cause));
      return;
    }
    Http2Stream stream;
    try {
      stream = codec.open();
    } catch (Http2Exception e) {
      refuse(to, e);
      return;
    }
    Http2Exchange exchange =
        new Http2Exchange(codec, stream, fields, request, to, () -> exchanges.remove(to));
    whenUsed.run();
    codec.bind(stream, exchange);
    if (exchanges.isEmpty() && silence != null) {
      silence.begin();
    }
    exchanges.put(to, exchange);
    if (stream.id() == Integer.MAX_VALUE) {
      limit.retire(); // it was the last one (RFC 9113 section 5.1.1)
    }
    exchange.begin(request);
  }

  /** The peer has lowered its limit or said good-bye while the request was on its way here. */
  private void refuse(ExchangeEvents to, Http2Exception why) {
    Throwable said = goAway == null ? why : goAway;
    to.failed(new WireFailure(Kind.REFUSED, "the connection takes no further stream", said));
  }

  private void with(ExchangeEvents events, Consumer<Http2Exchange> action) {
    Http2Exchange exchange = exchanges.get(events);
    if (exchange != null) {
      action.accept(exchange);
    }
  }

  private void each(Consumer<Http2Exchange> action) {
    RuntimeException first = null;
    for (Http2Exchange exchange : new ArrayList<>(exchanges.values())) {
      try {
        action.accept(exchange);
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first; // of a body's publisher; the others have heard nevertheless
    }
  }

  void countReset() {
    if (resets.isOverspentByOne()) {
      limit.retire();
    }
  }

  // ---- the peer ------------------------------------------------------------------------------

  void added(ChannelHandlerContext ctx) {
    loop.bind(ctx);
    silence = new Silence(dial.scheduler(), ctx.executor(), new Waiting());
  }

  void heard() {
    if (silence != null) {
      silence.heard();
    }
  }

  void settingsChanged() {
    limit.peerAllows(codec.connection().local().maxActiveStreams());
  }

  private void tellCapacity(int capacity) {
    if (fit || capacity > 0) {
      fit = true;
      listener.capacity(capacity);
    }
  }

  void peerGoesAway(int lastStreamId, IOException said) {
    goAway = said;
    limit.retire();
    each(
        exchange -> {
          if (exchange.id() > lastStreamId) {
            exchange.fail(Kind.REFUSED, "the peer did not process the request", said);
          }
        });
  }

  /** What asks when the peer is silent. */
  private final class Waiting implements Silence.Asker {
    @Override
    public boolean isBusy() {
      return !exchanges.isEmpty();
    }

    @Override
    public void ask() {
      codec.ping();
    }

    @Override
    public void giveUp() {
      lost(
          new IOException(
              "the peer has been silent for "
                  + 2 * TimeUnit.NANOSECONDS.toSeconds(Silence.LIMIT_NANOS)
                  + "s and did not answer a PING"));
    }
  }

  // ---- the end -------------------------------------------------------------------------------

  /** Nothing can be sent any more, though an answer may still come; tells whether that is new. */
  boolean isSpoiledBy(Throwable failure) {
    if (cause != null || lost) {
      return false;
    }
    cause = failure;
    limit.retire();
    return true;
  }

  /** The connection ended or is unusable. */
  void lost(@Nullable Throwable failure) {
    end(failure, "it closed the connection", exchange -> exchange.lost(cause));
  }

  /** The peer broke the rules of HTTP/2. */
  void invalid(Throwable failure, Http2Error code) {
    boolean tooLarge = String.valueOf(failure.getMessage()).startsWith(NETTYS_TOO_LARGE);
    Kind kind = tooLarge ? Kind.HEADERS_TOO_LARGE : Kind.INVALID;
    String message = tooLarge ? TOO_LARGE : "not valid HTTP/2: " + failure.getMessage();
    sayGoodbye(code);
    end(failure, "what it sent is not HTTP/2", exchange -> exchange.fail(kind, message, failure));
  }

  private void closeNow() {
    if (!lost) {
      sayGoodbye(Http2Error.NO_ERROR);
    }
    lost(null);
  }

  private void sayGoodbye(Http2Error code) {
    if (ctx().channel().isActive()) {
      codec.goAway(ctx(), 0, code.code(), Unpooled.EMPTY_BUFFER, ctx().newPromise());
      ctx().flush();
    }
  }

  private void end(@Nullable Throwable failure, String unfit, Consumer<Http2Exchange> ending) {
    if (lost) {
      return;
    }
    lost = true;
    if (goAway != null) {
      cause = goAway;
    } else if (failure != null) {
      cause = failure;
    }
    if (silence != null) {
      silence.end();
    }
    limit.retire();
    try {
      each(ending);
    } finally {
      ctx().close();
      if (!fit) {
        listener.unfit(unfit, cause);
      }
    }
  }
}
