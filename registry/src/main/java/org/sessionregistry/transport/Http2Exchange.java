package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.connector.OutgoingRequest;

/**
 * One exchange on a stream of its own. Confined to the event loop.
 *
 * <p>The rule: it ends once, in {@link #leave}, and its stream is closed before anybody hears of
 * it, because who hears may begin the next one at once and the peer counts.
 */
final class Http2Exchange {
  private static final int DISCARD_BYTES = 64 * 1024;
  private static final long DISCARD_MILLIS = 100;

  private final Http2Codec codec;
  private final Http2Stream stream;
  private final ExchangeEvents events;
  private final Runnable over;
  private final RequestWriter writer;
  private final boolean toHead;

  private boolean ended;
  private boolean headIn;
  private int interims;
  private boolean discarding;
  private int discarded;
  private boolean bodiless;
  private long promised = -1;
  private long received;

  /** What was handed over while the reader wanted no more: the peer's window lacks it. */
  private int unconsumed;

  /**
   * An exchange that has not begun.
   *
   * @param over run when it has ended, before anybody hears
   */
  Http2Exchange(
      Http2Codec codec,
      Http2Stream stream,
      Http2Fields fields,
      OutgoingRequest request,
      ExchangeEvents events,
      Runnable over) {
    this.codec = codec;
    this.stream = stream;
    this.events = events;
    this.over = over;
    this.toHead = request.method().equals("HEAD");
    this.writer =
        new RequestWriter(
            new Http2Sink(codec, fields, stream),
            events,
            (message, failure) -> reset(Http2Error.CANCEL, Kind.REQUEST_BODY, message, failure),
            codec::writeFailed);
  }

  void begin(OutgoingRequest request) {
    writer.write(request);
  }

  int id() {
    return stream.id();
  }

  void writabilityChanged() {
    writer.writabilityChanged();
  }

  // ---- receiving -----------------------------------------------------------------------------

  void head(Http2Headers head, boolean end) {
    if (headIn) {
      if (end && !ended) {
        events.trailers(Http2Fields.flatten(head));
        end();
      }
      return;
    }
    int status = Http2Fields.status(head);
    if (status < 0) {
      invalid("its :status is '" + CertificateText.safe(String.valueOf(head.status())) + "'");
    } else if (status == 101) {
      invalid("101 Switching Protocols, which HTTP/2 does not have");
    } else if (status >= 200) {
      headIn = true;
      writer.answered();
      bodiless = toHead || status == 204 || status == 304;
      promised = bodiless ? -1 : Http2Fields.contentLength(head);
      events.head("HTTP/2", status, "", Http2Fields.flatten(head));
      if (!end && !ended) {
        events.readComplete();
      }
    } else if (end) {
      invalid("nothing follows the status " + status);
    } else {
      informational(status, head);
    }
    if (end) {
      end();
    }
  }

  private void informational(int status, Http2Headers head) {
    if (++interims > NettyConnection.MOST_INFORMATIONAL) {
      invalid(NettyConnection.TOO_MANY_INFORMATIONAL);
      return;
    }
    if (status == 100) {
      writer.proceed();
    }
    if (!ended) {
      events.informational(status, Http2Fields.flatten(head));
    }
  }

  /**
   * A part of the body.
   *
   * @return how many bytes the peer may send again: these, and those held back before
   */
  int data(ByteBuf data, int padding, boolean end) {
    int length = data.readableBytes();
    int all = length + padding;
    received += length;
    if (!headIn) {
      invalid("a body without a head");
    } else if ((bodiless && length > 0) || (promised >= 0 && received > promised)) {
      invalid("a body that is longer than its head allows");
    } else if (discarding) {
      discard(length);
    } else if (length > 0 && !ended && !events.data(ByteBufUtil.getBytes(data)) && !ended) {
      unconsumed += all;
      all = 0;
    } else {
      all += unconsumed;
      unconsumed = 0;
    }
    if (end) {
      end();
    }
    return all;
  }

  private void discard(int length) {
    discarded += length;
    if (discarded > DISCARD_BYTES) {
      reset(
          Http2Error.CANCEL,
          Kind.DISCARDED,
          "the rest of the body is too large to be read away",
          null);
    }
  }

  private void end() {
    if (ended) {
      return;
    }
    if (promised >= 0 && received < promised) {
      invalid("a body of " + received + " bytes, where its head says " + promised);
      return;
    }
    if (stream.state() != Http2Stream.State.HALF_CLOSED_LOCAL) {
      codec.reset(stream, Http2Error.CANCEL); // answered before it was sent
    }
    try {
      leave();
    } finally {
      events.ended(Long.MAX_VALUE);
    }
  }

  /** The peer has reset the stream. */
  void resetByPeer(long code) {
    String message = "the peer reset the stream: " + Http2Errors.text(code);
    if (code == Http2Error.REFUSED_STREAM.code()) {
      fail(Kind.REFUSED, message, null);
    } else if (headIn) {
      fail(Kind.TRUNCATED, message + " within the body", null);
    } else {
      fail(Kind.RESET, message, null);
    }
  }

  // ---- the reader ----------------------------------------------------------------------------

  void resume() {
    int held = unconsumed;
    unconsumed = 0;
    if (held > 0 && !ended) {
      codec.consumed(stream, held);
    }
  }

  void discard() {
    if (!headIn || discarding || ended) {
      return;
    }
    discarding = true;
    resume();
    codec
        .context()
        .executor()
        .schedule(
            () ->
                reset(
                    Http2Error.CANCEL,
                    Kind.DISCARDED,
                    "the rest of the body did not come at once",
                    null),
            DISCARD_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  void cancel() {
    reset(
        Http2Error.CANCEL, headIn ? Kind.TRUNCATED : Kind.RESET, "the exchange was given up", null);
  }

  // ---- the end -------------------------------------------------------------------------------

  void invalid(String what) {
    reset(Http2Error.PROTOCOL_ERROR, Kind.INVALID, "not a valid HTTP/2 response: " + what, null);
  }

  /** The connection ended or is unusable. */
  void lost(@Nullable Throwable cause) {
    if (headIn) {
      fail(Kind.TRUNCATED, "the connection was closed within the body", cause);
    } else {
      fail(Kind.CLOSED_UNANSWERED, "the connection was closed before any response", cause);
    }
  }

  /** Ends the exchange and its stream, which the peer is told. */
  void reset(Http2Error code, Kind kind, String message, @Nullable Throwable cause) {
    if (!ended) {
      codec.reset(stream, code);
      fail(kind, message, cause);
    }
  }

  /** Ends the exchange; the peer knows, or the connection ends too. */
  void fail(Kind kind, String message, @Nullable Throwable cause) {
    if (!ended) {
      try {
        leave();
      } finally {
        // Whatever the body's publisher does when it is cancelled: the caller hears.
        events.failed(new WireFailure(kind, message, cause));
      }
    }
  }

  private void leave() {
    ended = true;
    over.run();
    try {
      if (!writer.isSent()) {
        writer.cancel(); // first, so that it takes no notice of what closing the stream fails
      }
    } finally {
      stream.close();
    }
  }
}
