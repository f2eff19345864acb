package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.connector.OutgoingRequest;

/**
 * A connection whose peer is the test. Closing fails the exchange under way, as the real one does.
 * For one thread.
 */
class FakeConnection implements Connection {
  private final Dialer.Listener listener;
  private ExchangeEvents events;
  private boolean headIn;
  private boolean sent;
  private boolean discarding;
  OutgoingRequest request;
  int exchanges;
  int resumes;
  int discards;
  boolean closed;

  /** Whether {@link #close} does nothing until {@link #finishClose}. */
  boolean closesLater;

  FakeConnection(Dialer.Listener listener) {
    this.listener = listener;
  }

  // ---- what the session does ------------------------------------------------------------------

  @Override
  public void exchange(OutgoingRequest outgoing, ExchangeEvents to) {
    if (events != null) {
      throw new IllegalStateException("two exchanges at once");
    }
    if (closed) {
      to.failed(new WireFailure(Kind.NOT_SENT, "the connection was closed", null));
      return;
    }
    exchanges++;
    request = outgoing;
    events = to;
    headIn = false;
    sent = false;
    discarding = false;
  }

  @Override
  public boolean multiplexes() {
    return false;
  }

  @Override
  public void resume(ExchangeEvents exchange) {
    if (exchange == events) {
      resumes++;
    }
  }

  @Override
  public void cancel(ExchangeEvents exchange) {
    if (exchange == events) {
      close();
    }
  }

  @Override
  public void discard(ExchangeEvents exchange) {
    if (exchange == events) {
      discards++;
      discarding = true;
    }
  }

  @Override
  public void close() {
    if (!closesLater) {
      finishClose();
    }
  }

  // ---- what the peer does ---------------------------------------------------------------------

  boolean isBusy() {
    return events != null;
  }

  /** Whether the reader of the exchange under way has gone. */
  boolean isDiscarding() {
    return discarding;
  }

  boolean isSent() {
    return sent;
  }

  boolean isHeadIn() {
    return headIn;
  }

  FakeConnection written(long bytes) {
    events.written(bytes);
    return this;
  }

  FakeConnection begun() {
    events.bodyBegun();
    return this;
  }

  FakeConnection trailers(String... fields) {
    events.trailers(fields);
    return this;
  }

  FakeConnection sent() {
    sent = true;
    events.requestSent();
    return this;
  }

  /** Comes alone. */
  FakeConnection head(int status, String... fields) {
    return headAndMore(status, fields).readComplete();
  }

  /** What follows comes with it. */
  FakeConnection headAndMore(int status, String... fields) {
    headIn = true;
    events.head("HTTP/1.1", status, "Reason", fields);
    return this;
  }

  FakeConnection readComplete() {
    if (events != null) {
      events.readComplete();
    }
    return this;
  }

  boolean data(byte[] bytes) {
    return events.data(bytes);
  }

  FakeConnection data(String text) {
    data(text.getBytes(UTF_8));
    return this;
  }

  void end() {
    end(Long.MAX_VALUE);
  }

  void end(long keepAliveNanos) {
    ExchangeEvents to = events;
    events = null;
    to.ended(keepAliveNanos);
  }

  /** The whole of an exchange. */
  void respond(int status, String body) {
    sent().headAndMore(status).data(body).end();
  }

  /** Nothing comes of the exchange any more, because something else has taken its place. */
  final void becomeOther() {
    events = null;
  }

  /** The exchange fails, and the connection with it. */
  void fail(Kind kind, Throwable cause) {
    ExchangeEvents to = events;
    events = null;
    to.failed(new WireFailure(kind, "it broke", cause));
    finishClose();
  }

  void fail(Kind kind) {
    fail(kind, null);
  }

  /** The peer closes, or what the session closed is closed now. */
  void finishClose() {
    if (closed) {
      return;
    }
    closed = true;
    ExchangeEvents to = events;
    events = null;
    if (to != null) {
      Kind kind = headIn ? Kind.TRUNCATED : Kind.CLOSED_UNANSWERED;
      to.failed(new WireFailure(kind, "the connection was closed", null));
    }
    listener.closed();
  }
}
