package org.sessionregistry.exchange;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.FailedAttempt;
import org.sessionregistry.Headers;
import org.sessionregistry.Redirect;
import org.sessionregistry.SessionException;
import org.sessionregistry.SessionListener;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.settings.LogDetail;
import org.sessionregistry.settings.ReferenceText;
import org.sessionregistry.settings.SessionSettings;

/**
 * Writes what a session does to the log, one line for each exchange when it has ended. What can be
 * a secret must not be in it. It exists only for sessions that ask for it. Thread-safe.
 */
final class ExchangeLog implements SessionListener {
  private final Logger log;
  private final Scheduler clock;
  private final boolean headers;
  private final LoggedHeaders masked;
  private final Map<ExchangeView, Entry> running = new ConcurrentHashMap<>();

  ExchangeLog(SessionSettings settings, Scheduler clock) {
    this.clock = clock;
    this.log = System.getLogger("org.sessionregistry.log." + settings.name());
    this.headers = settings.log() == LogDetail.HEADERS;
    this.masked = new LoggedHeaders(settings.headers().keySet());
  }

  /** The listeners of a session, the log among them if it has one. */
  static List<SessionListener> with(
      SessionSettings settings, List<SessionListener> others, Scheduler clock) {
    if (settings.log() == LogDetail.NONE) {
      return others;
    }
    List<SessionListener> all = new ArrayList<>(others);
    all.add(new ExchangeLog(settings, clock));
    return all;
  }

  /** What is known of an exchange until it ends. */
  private static final class Entry {
    private final long begun;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private volatile int status;
    private final AtomicInteger redirects = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();

    Entry(long begun) {
      this.begun = begun;
    }
  }

  @Override
  public void started(ExchangeView exchange) {
    if (log.isLoggable(Level.INFO)) {
      running.put(exchange, new Entry(clock.nanoTime()));
    }
  }

  @Override
  public void sending(ExchangeView exchange, Headers sent) {
    if (headers && log.isLoggable(Level.INFO)) {
      log.log(Level.INFO, request(exchange) + ", sends " + masked.text(sent));
    }
  }

  @Override
  public void bodySent(ExchangeView exchange, long bytes) {
    Entry entry = running.get(exchange);
    if (entry != null) {
      entry.sent.addAndGet(bytes);
    }
  }

  @Override
  public void responded(ExchangeView exchange, int status, Headers received) {
    Entry entry = running.get(exchange);
    if (entry != null) {
      entry.status = status;
    }
    if (headers && log.isLoggable(Level.INFO)) {
      log.log(Level.INFO, request(exchange) + ", gets " + status + " " + masked.text(received));
    }
  }

  @Override
  public void bodyReceived(ExchangeView exchange, int bytes) {
    Entry entry = running.get(exchange);
    if (entry != null) {
      entry.received.addAndGet(bytes);
    }
  }

  @Override
  public void redirected(ExchangeView exchange, Redirect redirect) {
    Entry entry = running.get(exchange);
    if (entry != null) {
      entry.redirects.incrementAndGet();
    }
  }

  @Override
  public void retrying(ExchangeView exchange, FailedAttempt failed) {
    Entry entry = running.get(exchange);
    if (entry != null) {
      entry.retries.incrementAndGet();
    }
  }

  @Override
  public void succeeded(ExchangeView exchange) {
    ended(exchange, Level.INFO, "");
  }

  @Override
  public void failed(ExchangeView exchange, SessionException failure) {
    ended(exchange, Level.WARNING, "failed " + failure.kind());
  }

  @Override
  public void cancelled(ExchangeView exchange) {
    ended(exchange, Level.INFO, "given up");
  }

  private void ended(ExchangeView exchange, Level level, String how) {
    Entry entry = running.remove(exchange);
    if (entry == null) {
      return; // it began when nobody wanted to know
    }
    StringBuilder line = new StringBuilder(request(exchange));
    if (entry.status != 0) {
      line.append(", ").append(entry.status);
    }
    if (!how.isEmpty()) {
      line.append(", ").append(how);
    }
    line.append(", ").append((clock.nanoTime() - entry.begun) / 1_000_000).append(" ms, ");
    line.append(entry.sent).append(" bytes sent, ").append(entry.received).append(" received");
    append(line, entry.redirects.get(), "redirect");
    append(line, entry.retries.get(), "retry");
    log.log(level, line.toString());
  }

  private static void append(StringBuilder line, int count, String what) {
    if (count > 0) {
      line.append(", ").append(what).append(count == 1 ? "" : " × " + count);
    }
  }

  private static String request(ExchangeView exchange) {
    return exchange.method() + " " + ReferenceText.shown(exchange.uri().toString());
  }
}
