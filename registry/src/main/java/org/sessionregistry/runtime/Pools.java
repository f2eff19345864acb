package org.sessionregistry.runtime;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sessionregistry.connector.ConnectionBudget;
import org.sessionregistry.connector.ConnectionPool;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.PoolMember;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.egress.Proxies;
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

  /**
   * A session's part in a pool.
   *
   * @param pool the pool
   * @param member its part
   */
  record Membership(ConnectionPool pool, PoolMember member) {}

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

  /** Makes a session, whose settings are resolved, a member of its pool. */
  Membership join(SessionSettings session, Proxies proxies, Dialer dialer) {
    return join(named(session).orElseGet(() -> own(session)), session, proxies, dialer);
  }

  /**
   * The same for settings that follow others: a pool that has not changed goes on, with its
   * connections.
   */
  Membership join(
      SessionSettings session,
      Proxies proxies,
      Dialer dialer,
      Membership before,
      SessionSettings earlier) {
    boolean ownBefore = earlier.pool().name().isEmpty();
    boolean same =
        ownBefore
            && earlier.pool().equals(session.pool())
            && earlier.queue().equals(session.queue());
    ConnectionPool pool = named(session).orElseGet(() -> same ? before.pool() : own(session));
    return join(pool, session, proxies, dialer);
  }

  private Optional<ConnectionPool> named(SessionSettings session) {
    return session
        .pool()
        .name()
        .flatMap(name -> Optional.ofNullable(shared.get(name)))
        .map(Shared::pool);
  }

  private ConnectionPool own(SessionSettings session) {
    return open(session.pool(), session.queue());
  }

  private static Membership join(
      ConnectionPool pool, SessionSettings session, Proxies proxies, Dialer dialer) {
    ConnectionTerms terms = ConnectionTerms.of(session, proxies);
    return new Membership(pool, pool.join(session.name(), terms, dialer));
  }
}
