package org.sessionregistry.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueOrder;
import org.sessionregistry.settings.QueueSettings;

/**
 * A pool, the requests that use it and the sockets below it, for tests that drive it through many
 * steps and check all of it after each. For one thread.
 */
final class PoolWorld {
  /** The limits of a world; an empty queue has no limit. */
  record Limits(int max, int maxPerHost, OptionalInt maxQueue, Duration keepAlive) {}

  final VirtualScheduler time = new VirtualScheduler();
  final ScriptedDialer dialer = new ScriptedDialer();
  final Limits limits;
  final ConnectionPool pool;
  final List<Request> requests = new ArrayList<>();

  /** The dials of which a socket is left. */
  final List<FakeDial> live = new ArrayList<>();

  private final PoolInspector inspector;
  private int dialsSeen;
  private int opened;
  private int failed;
  private boolean closed;
  private int closedCalls;

  PoolWorld(Limits limits) {
    this.limits = limits;
    pool =
        new ConnectionPool(
            PoolFixture.settings(limits.max, limits.maxPerHost, limits.keepAlive),
            new QueueSettings(limits.maxQueue, OptionalInt.empty(), QueueOrder.FIFO),
            dialer,
            time);
    inspector = new PoolInspector(pool, time, limits.max, limits.maxPerHost);
  }

  /** One request; it hears, or leaves, and ends its lease, if it got one. */
  final class Request implements LeaseReceiver {
    final int number = requests.size();
    final Route route;

    /** What it does as soon as it has heard. */
    Runnable reaction = () -> {};

    Waiter waiter;
    Lease lease;
    Refusal refusal;
    int heard;
    boolean cancelled;
    boolean released;
    private boolean seenServed;

    Request(Route route) {
      this.route = route;
    }

    Priority priority = Priority.NORMAL;

    void begin(boolean fresh) {
      requests.add(this);
      waiter = pool.acquire(route, priority, fresh, this);
      if (waiter == null && heard == 0) {
        throw new AssertionError(this + " has neither heard nor a waiter");
      }
    }

    @Override
    public void leased(Lease lease) {
      this.lease = lease;
      heard++;
      reaction.run();
    }

    @Override
    public void refused(Refusal refusal) {
      this.refusal = refusal;
      heard++;
      reaction.run();
    }

    boolean isWaiting() {
      return waiter != null && heard == 0 && !cancelled;
    }

    boolean holdsLease() {
      return lease != null && !released;
    }

    void cancel() {
      boolean undecided =
          waiter.state == Waiter.State.QUEUED || waiter.state == Waiter.State.EXPECTING;
      boolean success = waiter.cancel();
      require(success == undecided, "who waits can cancel, who hears or is about to cannot");
      cancelled |= success;
    }

    void cancelIfQueued() {
      boolean wasQueued = waiter.state == Waiter.State.QUEUED;
      boolean success = waiter.cancelIfQueued();
      require(success == wasQueued, "who is in the queue can leave it, others cannot");
      cancelled |= success;
    }

    void release(long keepAliveNanos) {
      released = true;
      lease.release(keepAliveNanos);
    }

    @Override
    public String toString() {
      return "request " + number + " to " + route.host();
    }
  }

  void open(FakeDial dial) {
    opened++;
    dial.open();
  }

  void fail(FakeDial dial) {
    boolean givenUp = PoolInspector.pooled(dial).state() == PooledConnection.State.CLOSING;
    failed += givenUp ? 0 : 1;
    dial.fail(givenUp ? Kind.ABORTED : Kind.CONNECT_FAILED);
  }

  void close() {
    closed = true;
    pool.close(() -> closedCalls++);
  }

  boolean isClosed() {
    return closed;
  }

  /** Throws if anything is wrong. To be called between two steps. */
  void check() {
    for (; dialsSeen < dialer.dials().size(); dialsSeen++) {
      live.add(dialer.dial(dialsSeen));
    }
    live.removeIf(PoolWorld::isOver);
    inspector.check(live, closed);
    require(dialer.sockets.open() == live.size(), "the world knows its sockets");
    require(
        limits.max == 0 || dialer.sockets.peak() <= limits.max,
        "not even for a moment more sockets than the pool may have");
    require(
        limits.maxPerHost == 0 || dialer.sockets.peakOfOneRoute() <= limits.maxPerHost,
        "not even for a moment more sockets than a route may have");
    PoolSnapshot now = pool.snapshot();
    require(now.opened() == opened, "what was opened is counted");
    require(now.openFailures() == failed, "what failed is counted");
    require(closedCalls == (closed && live.isEmpty() ? 1 : 0), "closed is heard once, at the end");
    checkRequests(now);
  }

  private static boolean isOver(FakeDial dial) {
    boolean over = !dial.isUndecided() && (dial.connection() == null || dial.connection().isGone());
    if (over) {
      require(
          PoolInspector.pooled(dial).state() == PooledConnection.State.GONE,
          "what is gone is gone");
    }
    return over;
  }

  private void checkRequests(PoolSnapshot now) {
    int leased = 0;
    for (Request request : requests) {
      require(request.heard <= 1, "nobody hears twice");
      require(request.heard == 0 || !request.cancelled, "who has cancelled hears nothing");
      if (request.waiter != null) {
        require(request.waiter.state == expectedState(request), "a waiter knows what it heard");
      }
      if (request.holdsLease()) {
        FakeConnection connection = (FakeConnection) request.lease.connection();
        leased += connection.isGone() || connection.isClosing() ? 0 : 1;
      }
      if (request.refusal instanceof Refusal.QueueFull full) {
        require(
            full.pool().waiting() == limits.maxQueue.orElseThrow(),
            "only a full queue refuses for being full");
      }
      if (request.lease != null && !request.seenServed) {
        request.seenServed = true;
        requireFirstOfItsRoute(request);
      }
    }
    require(leased == now.inUse(), "every lease has a connection of its own");
  }

  private static Waiter.State expectedState(Request request) {
    if (request.cancelled) {
      return Waiter.State.CANCELLED;
    }
    if (request.lease != null) {
      return Waiter.State.SERVED;
    }
    if (request.refusal != null) {
      return Waiter.State.REFUSED;
    }
    return request.waiter.opening == null ? Waiter.State.QUEUED : Waiter.State.EXPECTING;
  }

  private void requireFirstOfItsRoute(Request served) {
    if (served.waiter == null) {
      return; // served by an idle connection; only who wants a fresh one waits then
    }
    for (Request other : requests) {
      require(
          !other.isWaiting()
              || !other.route.equals(served.route)
              || other.priority != served.priority
              || other.waiter.sequence > served.waiter.sequence,
          "nobody is overtaken within its route");
    }
  }

  /** Lets everything come to a good end, without closing the pool: everyone must hear. */
  void settle() {
    for (boolean busy = true; busy; ) {
      busy = false;
      for (FakeDial dial : List.copyOf(live)) {
        if (dial.isUndecided()) {
          open(dial);
          busy = true;
        } else if (!isOver(dial) && dial.connection().isClosing()) {
          dial.connection().finishClose();
          busy = true;
        }
      }
      for (Request request : List.copyOf(requests)) {
        if (request.holdsLease()) {
          request.release(Long.MAX_VALUE);
          busy = true;
        }
      }
      check();
    }
    for (Request request : requests) {
      require(!request.isWaiting(), "nobody waits for ever");
    }
    require(pool.snapshot().inUse() == 0, "every lease is back");
  }

  /** Closes the pool, if it is open, and lets every socket go: nothing may be left. */
  void end() {
    if (!closed) {
      close();
      check();
    }
    pool.closeLeased();
    check();
    for (FakeDial dial : List.copyOf(live)) {
      if (dial.isUndecided()) {
        fail(dial);
      } else if (!isOver(dial)) {
        dial.connection().finishClose();
      }
      check();
    }
    PoolSnapshot left = pool.snapshot();
    require(
        live.isEmpty() && left.inUse() + left.idle() + left.opening() + left.closing() == 0,
        "nothing is left");
    require(time.pending() == 0, "no timer is left");
    for (Request request : requests) {
      require(!request.isWaiting(), "everyone has heard");
    }
  }

  static void require(boolean holds, String invariant) {
    if (!holds) {
      throw new AssertionError("violated: " + invariant);
    }
  }
}
