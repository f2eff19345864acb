package org.sessionregistry.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sessionregistry.connector.ConnectionBudget;
import org.sessionregistry.connector.ConnectionPool;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.QueueSettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/**
 * The pools of a registry: one for each session, but for those sessions that name one which they
 * share. The rule: sessions share a pool's limits and its queue, and a connection only if it would
 * be opened in the same way. Immutable, for any thread.
 */
final class Pools {
  /** A pool that is shared, and what its sessions take over. */
  private record Shared(SharedPoolSettings settings, ConnectionPool pool) {}

  private final Map<String, Shared> shared = new TreeMap<>();
  private final ConnectionBudget budget;
  private final Scheduler scheduler;

  Pools(Collection<SharedPoolSettings> pools, int maxConnections, Scheduler scheduler) {
    this.budget = new ConnectionBudget(maxConnections);
    this.scheduler = scheduler;
    for (SharedPoolSettings settings : pools) {
      if (shared.put(settings.name(), opened(settings)) != null) {
        throw new IllegalArgumentException("there are two pools named '" + settings.name() + "'");
      }
    }
  }

  /** Other pools in place of these; those whose settings are the same go on. */
  private Pools(Pools before, Map<String, SharedPoolSettings> changed) {
    this.budget = before.budget;
    this.scheduler = before.scheduler;
    changed.forEach(
        (name, settings) -> {
          Shared old = before.shared.get(name);
          boolean same = old != null && old.settings().equals(settings);
          shared.put(name, same ? old : opened(settings));
        });
  }

  Pools changed(Map<String, SharedPoolSettings> pools) {
    return new Pools(this, pools);
  }

  private Shared opened(SharedPoolSettings settings) {
    return new Shared(settings, open(settings.pool(), settings.queue()));
  }

  private ConnectionPool open(PoolSettings pool, QueueSettings queue) {
    return new ConnectionPool(pool, queue, budget, scheduler);
  }

  /**
   * The settings that a session really has: those of the pool that it shares in the place of its
   * own, but for the warm-up, which is about its base URL.
   *
   * @throws IllegalArgumentException if the pool that it names does not exist
   */
  SessionSettings resolve(SessionSettings session) {
    Optional<String> name = session.pool().name();
    if (name.isEmpty()) {
      return session;
    }
    Shared found = shared.get(name.get());
    if (found == null) {
      throw new IllegalArgumentException(
          "session '"
              + session.name()
              + "' names the pool '"
              + name.get()
              + "' (pool.name), which does not exist; "
              + (shared.isEmpty()
                  ? "no pool is configured (client-session-pool.<pool>.<setting>=…)"
                  : "the pools are " + shared.keySet()));
    }
    return session.toBuilder()
        .pool(
            own -> found.settings().pool().withName(name.get()).withWarmUp(session.pool().warmUp()))
        .queue(found.settings().queue())
        .build();
  }

  /** The pool of a session whose settings are resolved: the one that it shares, or a new one. */
  ConnectionPool of(SessionSettings session) {
    return named(session).orElseGet(() -> open(session.pool(), session.queue()));
  }

  /**
   * The same for settings that follow others: a pool that has not changed goes on, with its
   * connections.
   */
  ConnectionPool after(SessionSettings session, ConnectionPool before, SessionSettings earlier) {
    boolean same =
        earlier.pool().name().isEmpty()
            && earlier.pool().equals(session.pool())
            && earlier.queue().equals(session.queue());
    return same ? before : of(session);
  }

  private Optional<ConnectionPool> named(SessionSettings session) {
    return session
        .pool()
        .name()
        .flatMap(name -> Optional.ofNullable(shared.get(name)))
        .map(Shared::pool);
  }
}
