package org.sessionregistry.cdi.health;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.FailedAttempt;
import org.sessionregistry.FailureKind;
import org.sessionregistry.Headers;
import org.sessionregistry.SessionException;
import org.sessionregistry.SessionListener;

/**
 * Counts the requests of a session in a row for which no connection could be opened. Any answer, of
 * whatever status, ends the row: somebody is there. Thread-safe.
 */
public final class ConnectionFailures implements SessionListener {
  private static final Set<FailureKind> COUNTED = counted();

  /**
   * Failures in a row.
   *
   * @param count how many; 0 if the last request was answered
   * @param kind what went wrong last, also before it was answered; empty if nothing ever did
   * @param atNanos when that was
   */
  private record Row(int count, Optional<FailureKind> kind, long atNanos) {}

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();

  /** Written under the lock, read without. */
  private volatile Row row = new Row(0, Optional.empty(), 0);

  /** Every way not to get a connection but the rules of the session itself. */
  private static Set<FailureKind> counted() {
    Set<FailureKind> kinds =
        EnumSet.range(FailureKind.HOST_NOT_FOUND, FailureKind.TLS_HANDSHAKE_TIMEOUT);
    kinds.remove(FailureKind.EGRESS_DENIED);
    return kinds;
  }

  /**
   * Counts from none.
   *
   * @param nanoTime the clock, as of {@link System#nanoTime}
   */
  public ConnectionFailures(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public void responded(ExchangeView exchange, int status, Headers headers) {
    if (row.count() > 0) {
      change(old -> new Row(0, old.kind(), old.atNanos()));
    }
  }

  @Override
  public void retrying(ExchangeView exchange, FailedAttempt failed) {
    failed.failure().ifPresent(failure -> count(failure.kind()));
  }

  @Override
  public void failed(ExchangeView exchange, SessionException failure) {
    count(failure.kind());
  }

  private void count(FailureKind kind) {
    if (COUNTED.contains(kind)) {
      long now = nanoTime.getAsLong();
      change(old -> new Row(old.count() + 1, Optional.of(kind), now));
    }
  }

  private void change(UnaryOperator<Row> step) {
    lock.lock();
    try {
      row = step.apply(row);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The failures in a row, the last of which is no older than the window.
   *
   * @param window how long they count; 0 until a request is answered
   * @return how many
   */
  int recent(Duration window) {
    Row now = row;
    return window.isZero() || age(now).compareTo(window) < 0 ? now.count() : 0;
  }

  private Duration age(Row of) {
    return Duration.ofNanos(nanoTime.getAsLong() - of.atNanos());
  }

  /** What went wrong last and how long ago, if anything ever did. */
  Optional<String> last() {
    Row now = row;
    return now.kind().map(kind -> kind + ", " + age(now).toSeconds() + " s ago");
  }
}
