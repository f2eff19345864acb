package org.sessionregistry.connector;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for a slot, of all routes: how many may, since when they do, and which route is next.
 * Within a route the turns are {@link RouteQueue}'s. Guarded by the pool's lock.
 */
final class WaitQueue {
  /** In the order of arrival. */
  final Chain<Waiter> waiters = new Chain<>();

  final WaitingRoutes routes;
  private final OptionalInt maxSize;
  private final Scheduler scheduler;
  private final Tally tally;

  WaitQueue(int maxPerRoute, OptionalInt maxSize, Scheduler scheduler, Tally tally) {
    this.routes = new WaitingRoutes(maxPerRoute);
    this.maxSize = maxSize;
    this.scheduler = scheduler;
    this.tally = tally;
  }

  boolean isFull() {
    return maxSize.isPresent() && waiters.size() >= maxSize.getAsInt();
  }

  int size() {
    return waiters.size();
  }

  long oldestWaitNanos() {
    Waiter oldest = waiters.first();
    return oldest == null ? 0 : scheduler.nanoTime() - oldest.queuedAtNanos;
  }

  void add(Waiter waiter) {
    waiter.state = Waiter.State.QUEUED;
    waiter.route.queued.add(waiter);
    waiters.addLast(waiter.inQueue);
    tally.enqueued(waiters.size());
    routes.update(waiter.route);
  }

  /** It leaves without having been served. */
  void remove(Waiter waiter) {
    waiter.route.queued.remove(waiter);
    left(waiter);
  }

  /** It leaves because its turn has come. */
  void take(Waiter waiter) {
    waiter.route.queued.take(waiter);
    left(waiter);
  }

  private void left(Waiter waiter) {
    waiters.remove(waiter.inQueue);
    waiter.queuedNanos = scheduler.nanoTime() - waiter.queuedAtNanos;
    tally.dequeued(waiter.queuedNanos);
    routes.update(waiter.route);
  }

  /**
   * Asked when a connection of its own route could serve this waiter: the route whose first waiter
   * came before it and has let as many go before as it must; null when there is none.
   */
  @Nullable RoutePool passedOverTooOften(Waiter waiter) {
    RoutePool route = routes.first();
    Waiter earlier = route == null ? null : route.queued.first();
    if (route == null
        || earlier == null
        || route == waiter.route
        || earlier.place() > waiter.place()) {
      return null;
    }
    route.passedOver++;
    return route.passedOver > ConnectionPool.MAX_PASSED_OVER ? route : null;
  }
}
