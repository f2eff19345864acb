package org.sessionregistry.connector;

import java.time.Duration;
import java.util.OptionalInt;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueOrder;
import org.sessionregistry.settings.QueueSettings;

/** A pool with a scripted dialer, virtual time and three routes. */
final class PoolFixture {
  static final Route A = new Route("http", "a", 80);
  static final Route B = new Route("http", "b", 80);
  static final Route C = new Route("http", "c", 80);
  static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

  final VirtualScheduler time = new VirtualScheduler();
  final ScriptedDialer dialer = new ScriptedDialer();
  final PoolMember pool;

  private PoolFixture(int max, int maxPerHost, Duration keepAlive, OptionalInt maxQueue) {
    this(
        settings(max, maxPerHost, keepAlive),
        new QueueSettings(maxQueue, OptionalInt.empty(), QueueOrder.FIFO));
  }

  private PoolFixture(PoolSettings settings, QueueSettings queue) {
    pool =
        new ConnectionPool(settings, queue, new ConnectionBudget(0), time)
            .join("one", "terms", dialer);
  }

  static PoolFixture of(PoolSettings settings) {
    return new PoolFixture(settings, QueueSettings.DEFAULTS);
  }

  static PoolFixture ordered(int max, QueueOrder order) {
    return new PoolFixture(settings(max, 0, KEEP_ALIVE), QueueSettings.DEFAULTS.withOrder(order));
  }

  /**
   * Settings without a greatest age, so that only what a test is about closes connections; and
   * without a limit for a route above that of the pool, which settings refuse and which limits
   * nothing.
   */
  static PoolSettings settings(int max, int maxPerHost, Duration keepAlive) {
    return PoolSettings.DEFAULTS
        .withMaxConnections(max)
        .withMaxConnectionsPerHost(max > 0 && maxPerHost > max ? 0 : maxPerHost)
        .withKeepAlive(keepAlive)
        .withMaxLifetime(Duration.ZERO);
  }

  static PoolFixture unlimited() {
    return limit(0);
  }

  static PoolFixture limit(int max) {
    return new PoolFixture(max, 0, KEEP_ALIVE, OptionalInt.empty());
  }

  static PoolFixture limitPerHost(int max, int maxPerHost) {
    return new PoolFixture(max, maxPerHost, KEEP_ALIVE, OptionalInt.empty());
  }

  static PoolFixture limitAndQueue(int max, int maxQueue) {
    return new PoolFixture(max, 0, KEEP_ALIVE, OptionalInt.of(maxQueue));
  }

  static PoolFixture keepAlive(int max, Duration keepAlive) {
    return new PoolFixture(max, 0, keepAlive, OptionalInt.empty());
  }

  /** A new request. */
  RecordingReceiver request(Route route) {
    return request(route, Priority.NORMAL, false);
  }

  /** A new request that takes no connection that was idle. */
  RecordingReceiver freshRequest(Route route) {
    return request(route, Priority.NORMAL, true);
  }

  RecordingReceiver request(Route route, Priority priority) {
    return request(route, priority, false);
  }

  private RecordingReceiver request(Route route, Priority priority, boolean fresh) {
    RecordingReceiver receiver = new RecordingReceiver();
    receiver.waitsAs(pool.acquire(route, priority, fresh, receiver));
    return receiver;
  }

  /** A lease of a connection that is opened for it. */
  Lease openLease(Route route) {
    RecordingReceiver receiver = freshRequest(route);
    dialer.last().open();
    return receiver.lease();
  }

  /** An idle connection that was used once. */
  FakeConnection idle(Route route) {
    Lease lease = openLease(route);
    free(lease);
    return connection(lease);
  }

  /** The exchange ended well and the peer gave no hint. */
  static void free(Lease lease) {
    lease.release(Long.MAX_VALUE);
  }

  static FakeConnection connection(Lease lease) {
    return (FakeConnection) lease.connection();
  }

  PoolSnapshot now() {
    return pool.snapshot();
  }
}
