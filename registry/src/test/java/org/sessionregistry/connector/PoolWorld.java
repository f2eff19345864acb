package org.sessionregistry.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueOrder;
import org.sessionregistry.settings.QueueSettings;

/**
 * A pool, the requests that use it and the sockets below it, for tests that drive it through many
 * steps and check all of it after each. For one thread.
 */
final class PoolWorld {
  /**
   * The limits of a world; an empty queue has no limit.
   *
   * @param capacity how many exchanges its connections serve at once
   * @param members how many share the pool; each second one cannot use the others' connections
   * @param permits how many requests the first two members together may start in {@link
   *     #RATE_PERIOD}; 0 for no limit
   */
  record Limits(
      int max,
      int maxPerHost,
      OptionalInt maxQueue,
      Duration keepAlive,
      int capacity,
      int members,
      int maxPerMember,
      int reservedHigh,
      int permits) {
    Limits(int max, int maxPerHost, OptionalInt maxQueue, Duration keepAlive) {
      this(max, maxPerHost, maxQueue, keepAlive, 1, 1, 0, 0, 0);
    }
  }

  static final Duration RATE_PERIOD = Duration.ofSeconds(5);

  final VirtualScheduler time = new VirtualScheduler();
  final ScriptedDialer dialer = new ScriptedDialer();
  final Limits limits;
  final ConnectionPool pool;
  final List<PoolMember> members = new ArrayList<>();
  final Set<PoolMember> left = new HashSet<>();
  final List<Request> requests = new ArrayList<>();

  /** The dials of which a socket is left. */
  final List<FakeDial> live = new ArrayList<>();

  private final PoolInspector inspector;

  /** When requests under the rate limit were started. */
  private final List<Long> starts = new ArrayList<>();

  private int startsChecked;
  private int dialsSeen;
  private int opened;
  private int failed;
  private final Set<PoolMember> heardThatTheyLeft = new HashSet<>();

  PoolWorld(Limits limits) {
    this.limits = limits;
    pool =
        new ConnectionPool(
            PoolFixture.settings(limits.max, limits.maxPerHost, limits.keepAlive)
                .withMaxConnectionsPerTenant(limits.maxPerMember)
                .withReservedHigh(limits.reservedHigh),
            new QueueSettings(limits.maxQueue, OptionalInt.empty(), QueueOrder.FIFO),
            new ConnectionBudget(0),
            time);
    RateLimit rate = new RateLimit(limits.permits, RATE_PERIOD.toNanos(), time, Runnable::run);
    for (int i = 0; i < limits.members; i++) {
      members.add(
          pool.join(
              "member " + i,
              i % 2 == 0 ? "shared" : "its own",
              dialer,
              limits.permits > 0 && i < 2 ? rate : null));
    }
    inspector = new PoolInspector(pool, members, time, limits);
  }

  /** One request; it hears, or leaves, and ends its lease, if it got one. */
  final class Request implements LeaseReceiver {
    final int number = requests.size();
    final Route route;
    final PoolMember member;

    /** What it does as soon as it has heard. */
    Runnable reaction = () -> {};

    Waiter waiter;
    Lease lease;
    Refusal refusal;
    int heard;
    boolean cancelled;
    boolean released;

    /** It may be overtaken by those that take a connection which was idle. */
    boolean fresh;

    boolean cutOff;
    private boolean seenServed;

    Request(PoolMember member, Route route) {
      this.member = member;
      this.route = route;
    }

    Request(Route route) {
      this(members.get(0), route);
    }

    Priority priority = Priority.NORMAL;

    void begin(boolean fresh) {
      this.fresh = fresh;
      requests.add(this);
      waiter = member.acquire(route, priority, fresh, this);
      if (waiter == null && heard == 0) {
        throw new AssertionError(this + " has neither heard nor a waiter");
      }
    }

    @Override
    public void leased(Lease lease) {
      this.lease = lease;
      if (member.starts != null) {
        starts.add(time.nanoTime());
      }
      heard++;
      reaction.run();
    }

    @Override
    public void cutOff(Lease lease) {
      require(left.contains(member), "only who left is cut off");
      cutOff = true;
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
      return "request " + number + " of " + member + " to " + route.host();
    }
  }

  void open(FakeDial dial) {
    open(dial, limits.capacity);
  }

  void open(FakeDial dial, int capacity) {
    opened++;
    dial.open(capacity);
  }

  void fail(FakeDial dial) {
    boolean givenUp = PoolInspector.pooled(dial).state() == PooledConnection.State.CLOSING;
    failed += givenUp ? 0 : 1;
    dial.fail(givenUp ? Kind.ABORTED : Kind.CONNECT_FAILED);
  }

  /** Every member leaves. */
  void close() {
    for (PoolMember member : members) {
      if (!left.contains(member)) {
        leave(member);
      }
    }
  }

  void leave(PoolMember member) {
    left.add(member);
    member.close(
        () -> {
          require(member.holding == 0, "who holds something has not left");
          require(heardThatTheyLeft.add(member), "that it has left is heard once");
        });
  }

  boolean isClosed() {
    return left.size() == members.size();
  }

  void closeLeased() {
    left.forEach(PoolMember::closeLeased);
  }

  /** Notices which sockets there are. To be called between two steps. */
  void look() {
    for (; dialsSeen < dialer.dials().size(); dialsSeen++) {
      live.add(dialer.dial(dialsSeen));
    }
    live.removeIf(PoolWorld::isOver);
  }

  /** Throws if anything is wrong. To be called between two steps. */
  void check() {
    look();
    inspector.check(live, isClosed());
    require(dialer.sockets.open() == live.size(), "the world knows its sockets");
    require(
        limits.max == 0 || dialer.sockets.peak() <= limits.max,
        "not even for a moment more sockets than the pool may have");
    require(
        limits.maxPerHost == 0
            || dialer.sockets.peakOfOneRoute() <= limits.maxPerHost * Math.min(2, members.size()),
        "not even for a moment more sockets than a route may have");
    PoolSnapshot now = pool.snapshot();
    require(now.opened() == opened, "what was opened is counted");
    require(now.openFailures() == failed, "what failed is counted");
    for (PoolMember member : left) {
      require(
          heardThatTheyLeft.contains(member)
              || member.holding > 0
              || (isClosed() && !live.isEmpty()),
          "who has left hears it, the last when no socket is left");
    }
    checkRequests(now);
    checkRate();
  }

  /** However a period is laid over the starts, it has no more than permits. */
  private void checkRate() {
    for (; startsChecked < starts.size(); startsChecked++) {
      int before = startsChecked - limits.permits;
      require(
          before < 0 || starts.get(startsChecked) - starts.get(before) >= RATE_PERIOD.toNanos(),
          "no more starts in a period than permits");
    }
  }

  private static boolean isComingOrGoing(FakeDial dial) {
    return dial.isUndecided() || dial.connection().isClosing();
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
    Set<FakeConnection> inUse = new HashSet<>();
    for (Request request : requests) {
      require(request.heard <= 1, "nobody hears twice");
      require(request.heard == 0 || !request.cancelled, "who has cancelled hears nothing");
      if (request.waiter != null) {
        require(request.waiter.state == expectedState(request), "a waiter knows what it heard");
      }
      if (request.holdsLease()) {
        FakeConnection connection = (FakeConnection) request.lease.connection();
        boolean over = connection.isGone() || connection.isClosing();
        leased += over ? 0 : 1;
        inUse.add(over ? null : connection);
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
    inUse.remove(null);
    require(leased == now.leases(), "every lease is counted");
    require(inUse.size() == now.inUse(), "every lease has a connection that is in use");
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
              || other.fresh
              || !other.route.equals(served.route)
              || other.priority != served.priority
              || other.member != served.member
              || other.waiter.sequence > served.waiter.sequence,
          other + " is overtaken within its route by " + served);
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
      if (!busy && limits.permits > 0 && requests.stream().anyMatch(Request::isWaiting)) {
        long started = starts.size();
        time.advance(RATE_PERIOD);
        look();
        require(
            starts.size() > started || live.stream().anyMatch(PoolWorld::isComingOrGoing),
            "a permit comes with time");
        busy = true;
      }
    }
    for (Request request : requests) {
      require(!request.isWaiting(), "nobody waits for ever");
    }
    require(pool.snapshot().inUse() == 0, "every lease is back");
  }

  /** Closes the pool, if it is open, and lets every socket go: nothing may be left. */
  void end() {
    if (!isClosed()) {
      close();
      check();
    }
    closeLeased();
    check();
    for (Request request : requests) {
      if (request.cutOff && request.holdsLease()) {
        request.release(Long.MAX_VALUE);
        check();
      }
    }
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
