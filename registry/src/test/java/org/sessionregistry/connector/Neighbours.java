package org.sessionregistry.connector;

import static org.sessionregistry.connector.PoolFixture.KEEP_ALIVE;
import static org.sessionregistry.connector.PoolFixture.connection;
import static org.sessionregistry.connector.PoolFixture.free;

import java.util.ArrayList;
import java.util.List;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueSettings;

/**
 * Pools with several members under one budget. All dial through one scripted dialer, so that its
 * sockets are those of all; time is virtual. For one thread.
 */
final class Neighbours {
  final VirtualScheduler time = new VirtualScheduler();
  final ScriptedDialer dialer = new ScriptedDialer();
  final ConnectionBudget budget;

  Neighbours(int budget) {
    this.budget = new ConnectionBudget(budget);
  }

  static Neighbours withoutBudget() {
    return new Neighbours(0);
  }

  /** Settings of so many connections, which nothing but the test closes. */
  static PoolSettings max(int max) {
    return PoolFixture.settings(max, 0, KEEP_ALIVE);
  }

  ConnectionPool pool(PoolSettings settings) {
    return pool(settings, QueueSettings.DEFAULTS);
  }

  ConnectionPool pool(PoolSettings settings, QueueSettings queue) {
    return new ConnectionPool(settings, queue, budget, time);
  }

  Member join(ConnectionPool pool, String name) {
    return join(pool, name, "terms");
  }

  Member join(ConnectionPool pool, String name, Object terms) {
    return new Member(pool.join(name, terms, dialer));
  }

  /** A member whose starts are limited. */
  Member join(ConnectionPool pool, String name, RateLimit limit) {
    return new Member(pool.join(name, "terms", dialer, limit));
  }

  /** The only member of a pool of its own. */
  Member alone(String name, int max) {
    return join(pool(max(max)), name);
  }

  /** A session, as the pool sees it. */
  final class Member {
    final PoolMember place;

    /** How often it heard that it has left. */
    int left;

    private Member(PoolMember place) {
      this.place = place;
    }

    RecordingReceiver request(Route route) {
      return request(route, Priority.NORMAL);
    }

    RecordingReceiver request(Route route, Priority priority) {
      return request(route, priority, false);
    }

    private RecordingReceiver request(Route route, Priority priority, boolean fresh) {
      RecordingReceiver receiver = new RecordingReceiver();
      receiver.waitsAs(place.acquire(route, priority, fresh, receiver));
      return receiver;
    }

    List<RecordingReceiver> requests(int count, Route route) {
      List<RecordingReceiver> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(request(route));
      }
      return all;
    }

    /** A lease of a connection that is opened for it. */
    Lease openLease(Route route) {
      RecordingReceiver receiver = request(route, Priority.NORMAL, true);
      dialer.last().open();
      return receiver.lease();
    }

    /** An idle connection that it used once. */
    FakeConnection idle(Route route) {
      Lease lease = openLease(route);
      free(lease);
      return connection(lease);
    }

    void leave() {
      place.close(() -> left++);
    }

    PoolSnapshot now() {
      return place.snapshot();
    }
  }
}
