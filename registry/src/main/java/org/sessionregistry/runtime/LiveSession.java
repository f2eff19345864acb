package org.sessionregistry.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.ConnectionPool;
import org.sessionregistry.connector.PoolSnapshot;
import org.sessionregistry.connector.PoolSum;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.exchange.Counters;
import org.sessionregistry.exchange.SessionContext;
import org.sessionregistry.settings.SessionSettings;

/**
 * What sends the requests of a session, or of a tenant's: the {@link Generation} that they begin
 * in, which a reload replaces, and those before it that still have something to finish.
 * Thread-safe.
 *
 * <p>Closing goes one way: open, closing (what runs may finish), cut off (at {@code
 * shutdown-timeout}), closed (no socket is left). It closes every generation that is still there.
 */
final class LiveSession {
  /** How often it is looked whether anything still runs under earlier settings. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Home home;
  private final Optional<String> tenant;
  private volatile Generation current;
  private final ReentrantLock lock = new ReentrantLock();

  /** Those that have not left their pool, the current one last. */
  @GuardedBy("lock")
  private final List<Generation> present = new ArrayList<>(1);

  /** Those of them that are leaving. */
  @GuardedBy("lock")
  private final List<Generation> leaving = new ArrayList<>(0);

  /** What those have counted that a reload replaced and that have left; null for nothing. */
  @GuardedBy("lock")
  private @Nullable Counters earlier;

  /** What pools have done that a reload replaced and that are no more; null for nothing. */
  @GuardedBy("lock")
  private @Nullable PoolSum earlierPools;

  @GuardedBy("lock")
  private boolean closing;

  /** Whether it closes as soon as nothing runs. */
  @GuardedBy("lock")
  private boolean given;

  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletionStage<Void> closed = ended.minimalCompletionStage();

  /**
   * A session that does nothing until it {@link #begin}s or is {@link #discard}ed.
   *
   * @param tenant whose it is; empty for a session without tenants
   */
  LiveSession(
      Home home,
      Optional<String> tenant,
      Foundation foundation,
      SessionCookies cookies,
      ConnectionPool pool) {
    this.home = home;
    this.tenant = tenant;
    this.current =
        new Generation(
            foundation,
            tenant,
            cookies,
            pool,
            SessionLimits.limit(foundation.settings().rateLimit(), home.threads()));
    this.present.add(current);
  }

  /** Others may find it from now on. */
  void begin() {
    current.begin();
  }

  SessionContext context() {
    return current.context();
  }

  SessionSettings settings() {
    return current.settings();
  }

  Generation current() {
    return current;
  }

  // ---- settings change ------------------------------------------------------------------------

  /**
   * What may take the place of what is there, for {@link #become}; until then it changes nothing.
   *
   * @param fresh makes a jar, if the one that is there does not suit
   */
  Generation prepare(Foundation next, ConnectionPool pool, Supplier<SessionCookies> fresh) {
    Generation before = current;
    SessionCookies cookies =
        SessionCookies.areSame(before.settings(), next.settings())
            ? before.cookies().shared()
            : fresh.get();
    return new Generation(
        next,
        tenant,
        cookies,
        pool,
        SessionLimits.after(before.limit(), next.settings().rateLimit(), home.threads()));
  }

  /** Requests begin with other settings from now on; those that have begun are not disturbed. */
  void become(Generation next) {
    Generation before;
    boolean late;
    lock.lock();
    try {
      late = closing;
      before = current;
      if (!late) {
        current = next;
        present.add(next);
      }
    } finally {
      lock.unlock();
    }
    if (late) {
      discard(next);
      return;
    }
    before.supersede(next);
    next.begin();
    lookLater();
  }

  /** Gives up what never began. */
  void discard() {
    discard(current);
  }

  /** Gives up what was prepared. */
  void discard(Generation prepared) {
    prepared.refuse();
    prepared.close(home.threads().timer().nanoTime(), () -> {});
  }

  /**
   * Closes as soon as nothing runs any more; until then nobody notices.
   *
   * @param elsewhere where requests begin from now on that come here all the same; null for here
   */
  void closeWhenIdle(Supplier<@Nullable SessionContext> elsewhere) {
    Generation last;
    lock.lock();
    try {
      given = true;
      last = current;
    } finally {
      lock.unlock();
    }
    last.supersede(elsewhere);
    lookLater();
  }

  /** Whether nothing of it is needed any more; it may be different at once. */
  boolean isIdle() {
    return current.isForgettable();
  }

  private void lookLater() {
    home.threads().timer().schedule(LOOK_NANOS, this::look);
  }

  /** Those under whose settings nothing runs any more leave. */
  private void look() {
    List<Generation> idle = new ArrayList<>();
    boolean more = false;
    boolean close;
    lock.lock();
    try {
      if (closing) {
        return; // which sees to all of them
      }
      for (Generation generation : present) {
        if (generation != current && !leaving.contains(generation)) {
          if (generation.isIdle()) {
            idle.add(generation);
          } else {
            more = true;
          }
        }
      }
      leaving.addAll(idle);
      close = given && !more && current.isIdle();
      more |= given && !close;
    } finally {
      lock.unlock();
    }
    for (Generation generation : idle) {
      generation.refuse();
      generation.close(cutNanos(), () -> left(generation));
    }
    if (close) {
      closeAsync();
    } else if (more) {
      lookLater();
    }
  }

  private long cutNanos() {
    return home.threads().timer().nanoTime() + shutdownTimeout().toNanos();
  }

  private Duration shutdownTimeout() {
    return home.settings().get().shutdownTimeout();
  }

  private void left(Generation generation) {
    boolean last;
    lock.lock();
    try {
      present.remove(generation);
      leaving.remove(generation);
      if (generation != current) {
        Counters sum = earlier == null ? new Counters() : earlier;
        sum.absorb(generation.counters());
        earlier = sum;
        if (hasPoolOfItsOwn(generation) && poolsOfOthers(generation).add(generation.pool())) {
          PoolSum past = earlierPools == null ? new PoolSum() : earlierPools;
          past.addPast(generation.snapshot());
          earlierPools = past;
        }
      }
      last = closing && present.isEmpty();
    } finally {
      lock.unlock();
    }
    if (last) {
      ended.complete(null);
    }
  }

  // ---- what it has done -----------------------------------------------------------------------

  /** The counters of all generations, those that have left included. */
  void addCountersTo(List<Counters> parts) {
    lock.lock();
    try {
      if (earlier != null) {
        parts.add(earlier);
      }
      present.forEach(generation -> parts.add(generation.counters()));
      if (!present.contains(current)) {
        parts.add(current.counters()); // it is closed
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Its pool, with what those did and still do that a reload replaced. A pool that sessions share
   * by its name is shown as it is now.
   */
  PoolSnapshot pools() {
    lock.lock();
    try {
      PoolSnapshot now = current.snapshot();
      boolean alone = earlierPools == null && present.size() <= 1;
      if (alone || !hasPoolOfItsOwn(current)) {
        return now;
      }
      PoolSum sum = new PoolSum();
      sum.add(now);
      if (earlierPools != null) {
        sum.addPast(earlierPools.total());
      }
      Set<ConnectionPool> added = identities();
      added.add(current.pool());
      for (Generation generation : present) {
        if (hasPoolOfItsOwn(generation) && added.add(generation.pool())) {
          sum.addEnding(generation.snapshot());
        }
      }
      return sum.total();
    } finally {
      lock.unlock();
    }
  }

  private static boolean hasPoolOfItsOwn(Generation generation) {
    return generation.settings().pool().name().isEmpty();
  }

  @GuardedBy("lock")
  private Set<ConnectionPool> poolsOfOthers(Generation generation) {
    Set<ConnectionPool> pools = identities();
    pools.add(current.pool());
    present.stream().filter(other -> other != generation).forEach(o -> pools.add(o.pool()));
    return pools;
  }

  private static Set<ConnectionPool> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  // ---- closing --------------------------------------------------------------------------------

  /** Tells when nothing of it is left. */
  void whenClosed(Runnable told) {
    ended.whenComplete((done, failure) -> told.run());
  }

  boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  CompletionStage<Void> closeAsync() {
    List<Generation> ending = new ArrayList<>();
    lock.lock();
    try {
      if (closing) {
        return closed;
      }
      closing = true;
      for (Generation generation : present) {
        generation.refuse();
        if (!leaving.contains(generation)) {
          ending.add(generation);
        }
      }
      leaving.addAll(ending);
    } finally {
      lock.unlock();
    }
    long cut = cutNanos();
    for (Generation generation : ending) {
      generation.close(cut, () -> left(generation));
    }
    // Only now, so that with no time at all nothing is leased after the cut.
    Scheduler.Timer deadline =
        home.threads().timer().schedule(shutdownTimeout().toNanos(), this::cutOff);
    ended.whenComplete((done, failure) -> deadline.cancel());
    return closed;
  }

  private void cutOff() {
    List<Generation> still;
    lock.lock();
    try {
      still = List.copyOf(present);
    } finally {
      lock.unlock();
    }
    still.forEach(Generation::cutOff);
  }
}
