package org.sessionregistry.connector;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.RacingDialer.percent;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueSettings;

/**
 * The life of some pools that many threads use at once: some ask and leave, others open, fail and
 * close connections, others end leases, and time passes. It has threads of its own, and ends with
 * them.
 */
final class Soak implements AutoCloseable {
  static final int MAX = 6;
  static final int MAX_PER_HOST = 3;
  private static final int WORKERS = 4;
  private static final int MAX_OUTSTANDING = 48;
  private static final Duration KEEP_ALIVE = Duration.ofMillis(10);
  private static final List<Route> ROUTES = List.of(PoolFixture.A, PoolFixture.B, PoolFixture.C);

  /**
   * What there is of everything.
   *
   * @param members of each pool; they share connections
   * @param mostAtOnce exchanges that a connection serves at most
   * @param budget of all pools; 0 for none
   * @param maxPerMember what a member of a pool may hold; 0 for no limit
   * @param reservedHigh connections of each pool for priority {@code high}
   */
  record Shape(
      int pools, int members, int mostAtOnce, int budget, int maxPerMember, int reservedHigh) {}

  private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
  private final ExecutorService loops = Executors.newFixedThreadPool(2);
  private final ExecutorService users = Executors.newFixedThreadPool(2);
  private final Shape shape;
  private final VirtualScheduler time = new VirtualScheduler();
  private final Sockets sockets = new Sockets();
  private final List<ConnectionPool> pools = new ArrayList<>();
  private final List<PoolMember> members = new ArrayList<>();
  private final Semaphore outstanding = new Semaphore(MAX_OUTSTANDING);
  private final AtomicInteger finished = new AtomicInteger();
  private final CountDownLatch left;

  /** What went wrong on any thread. */
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  final AtomicInteger begun = new AtomicInteger();

  /** After how many requests everything is closed in their midst; 0 for never. */
  int closeAfter;

  Soak(Shape shape) {
    this.shape = shape;
    ConnectionBudget budget = new ConnectionBudget(shape.budget);
    RacingDialer dialer =
        new RacingDialer(action -> loops.execute(caught(action)), shape.mostAtOnce, sockets);
    for (int i = 0; i < shape.pools; i++) {
      ConnectionPool pool =
          new ConnectionPool(
              PoolFixture.settings(MAX, MAX_PER_HOST, KEEP_ALIVE)
                  .withMaxConnectionsPerTenant(shape.maxPerMember)
                  .withReservedHigh(shape.reservedHigh),
              QueueSettings.DEFAULTS,
              budget,
              time);
      pools.add(pool);
      for (int m = 0; m < shape.members; m++) {
        members.add(pool.join("member " + m + " of pool " + i, "terms", dialer));
      }
    }
    left = new CountDownLatch(members.size());
  }

  private Runnable caught(Runnable action) {
    return () -> {
      try {
        action.run();
      } catch (RuntimeException | Error e) {
        failures.add(e);
      }
    };
  }

  void run(int requestsPerWorker) throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      boolean keepsTime = i == 0;
      running.add(workers.submit(() -> work(requestsPerWorker, keepsTime)));
    }
    for (Future<?> worker : running) {
      worker.get(60, SECONDS);
    }
  }

  private Void work(int requests, boolean keepsTime) throws InterruptedException {
    Deque<Request> recent = new ArrayDeque<>();
    for (int i = 0; i < requests; i++) {
      if (!outstanding.tryAcquire(30, SECONDS)) {
        throw new AssertionError("no request ends any more: " + snapshots());
      }
      Request request = new Request();
      request.begin();
      if (begun.incrementAndGet() == closeAfter) {
        leave();
      }
      recent.add(request);
      if (recent.size() > 8 || percent(30)) {
        Request older = recent.remove();
        if (percent(40)) {
          older.cancel();
        }
      }
      if (keepsTime && percent(10)) {
        time.advance(KEEP_ALIVE.dividedBy(2));
      }
    }
    return null;
  }

  void awaitAllHeard() throws InterruptedException {
    if (!outstanding.tryAcquire(MAX_OUTSTANDING, 30, SECONDS)) {
      throw new AssertionError("somebody has not heard: " + snapshots() + failures);
    }
  }

  /** All members leave. */
  void leave() {
    for (PoolMember member : members) {
      AtomicInteger heard = new AtomicInteger();
      member.close(
          () -> {
            if (heard.incrementAndGet() != 1) {
              failures.add(new AssertionError(member + " has left twice"));
            }
            left.countDown();
          });
    }
  }

  void assertNothingIsLeft() throws InterruptedException {
    assertThat(left.await(30, SECONDS)).as("left: %s", snapshots()).isTrue();
    assertThat(failures).isEmpty();
    assertThat(finished.get()).isEqualTo(begun.get());
    assertThat(sockets.open()).isZero();
    assertThat(sockets.peak())
        .isLessThanOrEqualTo(shape.budget == 0 ? MAX * shape.pools : shape.budget);
    assertThat(sockets.peakOfOneRoute()).isLessThanOrEqualTo(MAX_PER_HOST * shape.pools);
    for (PoolSnapshot now : snapshots()) {
      assertThat(now.inUse() + now.idle() + now.opening() + now.closing()).isZero();
      assertThat(now.leases() + now.waiting() + now.holders().size()).isZero();
      assertThat(now.peakInUse()).isLessThanOrEqualTo(MAX);
    }
    assertThat(time.pending()).isZero();
  }

  private List<PoolSnapshot> snapshots() {
    return pools.stream().map(ConnectionPool::snapshot).toList();
  }

  @Override
  public void close() {
    workers.shutdownNow();
    loops.shutdownNow();
    users.shutdownNow();
  }

  private static <T> T any(List<T> all) {
    return all.get(ThreadLocalRandom.current().nextInt(all.size()));
  }

  /** One request; its lease ends at once or on another thread. */
  private final class Request implements LeaseReceiver {
    private final AtomicInteger heard = new AtomicInteger();
    private volatile Waiter waiter;

    void begin() {
      Priority priority = percent(20) ? Priority.HIGH : Priority.NORMAL;
      waiter = any(members).acquire(any(ROUTES), priority, percent(10), this);
    }

    void cancel() {
      Waiter waits = waiter;
      if (waits != null && (percent(50) ? waits.cancel() : waits.cancelIfQueued())) {
        hearsOnce();
        finish();
      }
    }

    @Override
    public void leased(Lease lease) {
      hearsOnce();
      RacingDialer.Socket socket = (RacingDialer.Socket) lease.connection();
      socket.beginUse();
      if (percent(20)) {
        end(lease, socket);
      } else {
        users.execute(caught(() -> end(lease, socket)));
      }
    }

    @Override
    public void cutOff(Lease lease) {
      failures.add(new AssertionError("nobody is made to leave"));
    }

    @Override
    public void refused(Refusal refusal) {
      hearsOnce();
      finish();
    }

    private void end(Lease lease, RacingDialer.Socket socket) {
      socket.endUse();
      if (percent(15)) {
        lease.discard();
      } else if (percent(20)) {
        lease.returnUnused();
      } else {
        lease.release(percent(50) ? Long.MAX_VALUE : KEEP_ALIVE.toNanos() / 3);
      }
      if (percent(5)) {
        lease.release(Long.MAX_VALUE);
      }
      finish();
    }

    private void hearsOnce() {
      if (heard.incrementAndGet() != 1) {
        failures.add(new AssertionError("heard " + heard + " times"));
      }
    }

    private void finish() {
      finished.incrementAndGet();
      outstanding.release();
    }
  }
}
