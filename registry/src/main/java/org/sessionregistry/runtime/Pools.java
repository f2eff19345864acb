package org.sessionregistry.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sessionregistry.connector.ConnectionBudget;
import org.sessionregistry.connector.ConnectionPool;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.PoolMember;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.egress.Proxies;
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

  Pools(List<SharedPoolSettings> pools, int maxConnections, Scheduler scheduler) {
    this.budget = new ConnectionBudget(maxConnections);
    this.scheduler = scheduler;
    for (SharedPoolSettings settings : pools) {
      ConnectionPool pool =
          new ConnectionPool(settings.pool(), settings.queue(), budget, scheduler);
      if (shared.put(settings.name(), new Shared(settings, pool)) != null) {
        throw new IllegalArgumentException("there are two pools named '" + settings.name() + "'");
      }
    }
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

  /** Makes a session, whose settings are resolved, a member of its pool. */
  PoolMember join(SessionSettings session, Proxies proxies, Dialer dialer) {
    ConnectionPool pool =
        session
            .pool()
            .name()
            .flatMap(name -> Optional.ofNullable(shared.get(name)))
            .map(Shared::pool)
            .orElseGet(
                () -> new ConnectionPool(session.pool(), session.queue(), budget, scheduler));
    return pool.join(session.name(), ConnectionTerms.of(session, proxies), dialer);
  }
}
