package org.sessionregistry.connector;

import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.QueueSettings;

/**
 * Who waits for a connection, of all routes and members: how many may, since when they do, and who
 * is next. Within a route the turns are {@link RouteQueue}'s. Guarded by the pool's lock.
 */
final class WaitQueue {
  /** In the order of arrival. */
  final Chain<Waiter> waiters = new Chain<>();

  final WaitingRoutes routes;
  private final OptionalInt maxSize;
  private final OptionalInt maxSizePerMember;
  private final Scheduler scheduler;
  private final Tally tally;

  /** The turns that the member served last had had then: where a member that comes anew begins. */
  long presentTurn;

  WaitQueue(QueueSettings settings, WaitingRoutes routes, Scheduler scheduler, Tally tally) {
    this.routes = routes;
    this.maxSize = settings.maxSize();
    this.maxSizePerMember = settings.maxSizePerTenant();
    this.scheduler = scheduler;
    this.tally = tally;
  }

  boolean isFull() {
    return maxSize.isPresent() && waiters.size() >= maxSize.getAsInt();
  }

  boolean isFullFor(PoolMember member) {
    return maxSizePerMember.isPresent() && member.queued >= maxSizePerMember.getAsInt();
  }

  /** How many may wait; empty for no limit. */
  OptionalInt limit() {
    return maxSize;
  }

  int size() {
    return waiters.size();
  }

  long oldestWaitNanos() {
    Waiter oldest = waiters.first();
    return oldest == null ? 0 : scheduler.nanoTime() - oldest.queuedAtNanos;
  }

  void add(Waiter waiter) {
    entering(waiter);
    waiter.route.queued.add(waiter);
    waiters.addLast(waiter.inLine);
    tally.enqueued(waiters.size());
    routes.update(waiter.route);
  }

  /** It was its turn before, and what it got came to nothing. */
  void addAgain(Waiter waiter) {
    entering(waiter);
    waiter.route.queued.addAgain(waiter);
    waiters.addFirst(waiter.inLine);
    tally.enqueued(waiters.size());
    routes.update(waiter.route);
  }

  private void entering(Waiter waiter) {
    waiter.entersQueue(scheduler.nanoTime());
    comesForward(waiter.member);
    count(waiter.member, +1);
  }

  private static void count(PoolMember member, int by) {
    member.queued += by;
    if (member.starts != null) {
      member.starts.queued(by);
    }
  }

  /** Having wanted nothing is worth nothing. */
  private void comesForward(PoolMember member) {
    if (member.queued == 0) {
      member.turnsHad = Math.max(member.turnsHad, presentTurn);
    }
  }

  /** A turn is a turn, also when nobody else wanted what it was about. */
  void servedAtOnce(PoolMember member) {
    comesForward(member);
    countTurn(member);
  }

  private void countTurn(PoolMember member) {
    presentTurn = Math.max(presentTurn, member.turnsHad);
    member.turnsHad++;
  }

  /** It leaves without having been served. */
  void remove(Waiter waiter) {
    waiter.route.queued.remove(waiter);
    left(waiter);
  }

  /** It leaves because its turn has come. */
  void take(Waiter waiter) {
    countTurn(waiter.member);
    waiter.route.queued.take(waiter);
    left(waiter);
  }

  private void left(Waiter waiter) {
    count(waiter.member, -1);
    waiters.remove(waiter.inLine);
    waiter.leavesQueue(scheduler.nanoTime());
    tally.dequeued(waiter.queuedNanos());
    routes.update(waiter.route);
  }

  /** The member may hold more again: its queues are back in their turns. */
  void unpark(PoolMember member) {
    List<MemberQueue> queues = List.copyOf(member.parked);
    member.parked.clear();
    for (MemberQueue queue : queues) {
      queue.route.queued.unpark(queue);
      routes.update(queue.route);
    }
    routes.mayHoldMore(member);
  }

  /**
   * Asked when a connection could serve this waiter, which is the first of its own route: the
   * waiter of another route that has to be served instead, because its member has had fewer turns,
   * or because it came earlier and has let as many go before as it must; null when there is none.
   */
  @Nullable Waiter hasToGoBefore(Waiter waiter, Eligible who) {
    Waiter other = routes.first(who);
    if (other == null || !needsSlot(other, waiter.route)) {
      return null;
    }
    if (other.member.turnsHad != waiter.member.turnsHad) {
      return other.member.turnsHad < waiter.member.turnsHad ? other : null;
    }
    return other.place() < waiter.place() && passOver(other) ? other : null;
  }

  /**
   * Asked when a connection in use could serve a newcomer as well: the waiter of another route that
   * has let as many go before as it must; null when there is none.
   */
  @Nullable Waiter passedOverTooOften(RoutePool route, Eligible who) {
    Waiter other = routes.first(who);
    return other != null && needsSlot(other, route) && passOver(other) ? other : null;
  }

  /** Whether it helps the waiter if a connection of this route is closed. */
  private boolean needsSlot(Waiter waiter, RoutePool route) {
    return waiter.route != route && waiter.route.promised == 0 && routes.hasRoom(waiter.route);
  }

  private static boolean passOver(Waiter waiter) {
    RoutePool route = waiter.route;
    if (++route.passedOver <= ConnectionPool.MAX_PASSED_OVER) {
      return false;
    }
    route.passedOver = 0;
    return true;
  }
}
