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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueSettings;

/**
 * Many threads use one pool at once: some ask and leave, others open, fail and close connections,
 * others end leases, and time passes. Whatever the interleaving, everyone hears exactly once, the
 * limits hold for sockets, and nothing is left at the end.
 */
class PoolSoakTest {
  private static final int MAX = 6;
  private static final int MAX_PER_HOST = 3;
  private static final int WORKERS = 4;
  private static final int MAX_OUTSTANDING = 48;
  private static final Duration KEEP_ALIVE = Duration.ofMillis(10);
  private static final List<Route> ROUTES = List.of(PoolFixture.A, PoolFixture.B, PoolFixture.C);

  private final ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
  private final ExecutorService loops = Executors.newFixedThreadPool(2);
  private final ExecutorService users = Executors.newFixedThreadPool(2);

  /** What went wrong on any thread. */
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    workers.shutdownNow();
    loops.shutdownNow();
    users.shutdownNow();
  }

  @Test
  void everyRequestHearsOnceAndNothingIsLeft() throws Exception {
    Round round = new Round();

    round.run(120_000);
    round.awaitAllHeard();
    round.close();

    round.assertNothingIsLeft();
  }

  @Test
  void closingInTheMidstOfItLeavesNothing() throws Exception {
    for (int i = 0; i < 150; i++) {
      Round round = new Round();
      round.closeAfter = 1 + ThreadLocalRandom.current().nextInt(600);

      round.run(200);
      if (round.begun.get() < round.closeAfter) {
        round.close();
      }
      round.awaitAllHeard();

      round.assertNothingIsLeft();
    }
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

  /** The life of one pool. */
  private final class Round {
    final VirtualScheduler time = new VirtualScheduler();
    final RacingDialer dialer = new RacingDialer(action -> loops.execute(caught(action)));
    final PoolMember pool =
        new ConnectionPool(
                PoolFixture.settings(MAX, MAX_PER_HOST, KEEP_ALIVE),
                QueueSettings.DEFAULTS,
                new ConnectionBudget(0),
                time)
            .join("one", "terms", dialer);
    final Semaphore outstanding = new Semaphore(MAX_OUTSTANDING);
    final AtomicInteger begun = new AtomicInteger();
    final AtomicInteger finished = new AtomicInteger();
    final CountDownLatch closed = new CountDownLatch(1);
    int closeAfter;

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
          throw new AssertionError("no request ends any more: " + pool.snapshot());
        }
        Request request = new Request();
        request.begin();
        if (begun.incrementAndGet() == closeAfter) {
          close();
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
        throw new AssertionError("somebody has not heard: " + pool.snapshot() + failures);
      }
    }

    void close() {
      pool.close(
          () -> {
            if (closed.getCount() == 0) {
              failures.add(new AssertionError("closed twice"));
            }
            closed.countDown();
          });
    }

    void assertNothingIsLeft() throws InterruptedException {
      assertThat(closed.await(30, SECONDS)).as("closed: %s", pool.snapshot()).isTrue();
      assertThat(failures).isEmpty();
      assertThat(finished.get()).isEqualTo(begun.get());
      assertThat(dialer.sockets.open()).isZero();
      assertThat(dialer.sockets.peak()).isLessThanOrEqualTo(MAX);
      assertThat(dialer.sockets.peakOfOneRoute()).isLessThanOrEqualTo(MAX_PER_HOST);
      PoolSnapshot left = pool.snapshot();
      assertThat(left.inUse() + left.idle() + left.opening() + left.closing()).isZero();
      assertThat(left.waiting()).isZero();
      assertThat(time.pending()).isZero();
    }

    /** One request; its lease ends at once or on another thread. */
    private final class Request implements LeaseReceiver {
      private final AtomicInteger heard = new AtomicInteger();
      private volatile Waiter waiter;

      void begin() {
        Route route = ROUTES.get(ThreadLocalRandom.current().nextInt(ROUTES.size()));
        waiter = pool.acquire(route, Priority.NORMAL, percent(10), this);
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
        failures.add(new AssertionError("nobody shares a connection"));
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
}
