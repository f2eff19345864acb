package org.sessionregistry.cdi.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ConnectionTimes;
import org.sessionregistry.HttpVersion;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;

/**
 * One attempt that is on its way: its span, which ends with the headers of the answer or with a
 * failure, and what is measured of it. {@link #end} must be called once. Thread-safe.
 */
final class Sending {
  private static final double NANOS = 1e9;

  private final Instruments instruments;
  private final Span span;
  private final Context context;
  private final Attributes asked;
  private final long begun = System.nanoTime();
  private final AtomicBoolean leased = new AtomicBoolean();
  private final AtomicLong sentBytes = new AtomicLong();
  private final AtomicLong receivedBytes = new AtomicLong();
  private volatile Optional<InetSocketAddress> peer = Optional.empty();

  /** Null until there is an answer. */
  private volatile @Nullable Attributes answered;

  /** Begins to measure; everything that is measured has the attributes of what was asked. */
  Sending(Instruments instruments, Span span, Context parent, Attributes asked) {
    this.instruments = instruments;
    this.span = span;
    this.context = parent.with(span);
    this.asked = asked;
    instruments.active().add(1, asked, context);
  }

  /** The caller's context with the span in it. */
  Context context() {
    return context;
  }

  /** It has a connection; more than one if a reused one turned out to be dead. */
  void leased(ConnectionTimes connection) {
    peer = connection.peer();
    if (leased.compareAndSet(false, true)) {
      double waited = seconds(System.nanoTime() - begun);
      span.setAttribute(Keys.POOL_WAIT, waited);
      instruments.waited().record(waited, instruments.pool(), context);
    }
    if (!connection.reused()) {
      long opening = connection.dns().plus(connection.connect()).plus(connection.tls()).toNanos();
      instruments.opening().record(seconds(opening), instruments.pool(), context);
    }
  }

  void sent(long bytes) {
    sentBytes.addAndGet(bytes);
  }

  void received(long bytes) {
    receivedBytes.addAndGet(bytes);
  }

  /** Status and headers are here, or never will be. */
  void end(@Nullable Response response, @Nullable Throwable failure) {
    AttributesBuilder outcome = asked.toBuilder();
    if (response != null) {
      outcome.put(Keys.STATUS, (long) response.status());
      outcome.put(Keys.PROTOCOL_VERSION, version(response.version()));
      if (response.status() >= 400) {
        outcome.put(Keys.ERROR_TYPE, Integer.toString(response.status()));
        span.setStatus(StatusCode.ERROR);
      }
    } else {
      fail(failure == null ? new CancellationException() : failure, outcome);
    }
    Attributes all = outcome.build();
    span.setAllAttributes(all);
    peer.ifPresent(this::show);
    span.end();
    instruments.active().add(-1, asked, context);
    instruments.duration().record(seconds(System.nanoTime() - begun), all, context);
    if (response != null) {
      answered = all;
    }
  }

  private void fail(Throwable thrown, AttributesBuilder outcome) {
    Throwable cause = thrown;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof SessionException failure) {
      outcome.put(Keys.ERROR_TYPE, failure.kind().name());
      // No other message is known to keep secrets to itself.
      span.setStatus(StatusCode.ERROR, String.valueOf(failure.getMessage()));
    } else if (cause instanceof CancellationException) {
      outcome.put(Keys.ERROR_TYPE, "CANCELLED");
      span.setStatus(StatusCode.ERROR, "the application gave the request up");
    } else {
      outcome.put(Keys.ERROR_TYPE, cause.getClass().getName());
      span.setStatus(StatusCode.ERROR);
    }
  }

  private void show(InetSocketAddress address) {
    if (address.getAddress() != null) {
      span.setAttribute(Keys.PEER_ADDRESS, address.getAddress().getHostAddress());
      span.setAttribute(Keys.PEER_PORT, (long) address.getPort());
    }
  }

  /** The last byte is here, or never will be: how much there was of an attempt with an answer. */
  void over() {
    Attributes all = answered;
    if (all != null) {
      if (sentBytes.get() > 0) {
        instruments.requestSize().record(sentBytes.get(), all, context);
      }
      instruments.responseSize().record(receivedBytes.get(), all, context);
    }
  }

  static String version(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "1.0";
      case HTTP_1_1 -> "1.1";
      case HTTP_2 -> "2";
    };
  }

  private static double seconds(long nanos) {
    return nanos / NANOS;
  }
}
