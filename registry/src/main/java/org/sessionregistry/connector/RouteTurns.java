package org.sessionregistry.connector;

import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among the routes that wait for a slot. The member that has had the fewest turns
 * is next, and of its waiters the one that came first. Guarded by the pool's lock.
 *
 * <p>With every turn of a member its waiters fall behind in all their routes. So that this costs
 * one step and not one for each route, the routes in which only one member waits form a group of
 * that member, in which they stand by arrival, and the groups stand by turns. A route in which
 * several members wait is a group by itself: who is first there, is for {@link RouteQueue} to say.
 *
 * <p>A member that holds all it may is left out as soon as its group is first, and is back with
 * {@link #mayHoldMore}.
 */
final class RouteTurns {
  private final TurnHeap<RouteGroup> groups = new TurnHeap<>();
  private final Eligible who;
  private final int maxPerRoute;

  RouteTurns(Eligible who, int maxPerRoute) {
    this.who = who;
    this.maxPerRoute = maxPerRoute;
  }

  /** The waiter whose turn it is of those that are eligible. */
  @Nullable Waiter first() {
    for (Turn<RouteGroup> turn = groups.first(); turn != null; turn = groups.first()) {
      Turn<RoutePool> route = turn.of.routes.first();
      if (route == null) {
        throw new IllegalStateException("a group without routes has no turn");
      }
      Waiter first = first(route.of);
      if (first != null && turn.had == first.member.turnsHad && turn.place == first.place()) {
        return first;
      }
      update(route.of); // its members were served elsewhere meanwhile, or may not have more
      leaveOutIfItHoldsAllItMay(turn.of);
    }
    return null;
  }

  /** Called after every change of a route's queue, its connections or their number. */
  void update(RoutePool route) {
    Waiter first = first(route);
    RoutePlace at = route.place(who);
    RouteGroup group = first == null ? null : group(first, at);
    RouteGroup former = at.group;
    if (former != null && former != group) {
      former.routes.remove(at.turn);
      update(former);
    }
    at.group = group;
    if (first != null && group != null) {
      group.routes.put(at.turn, group.member == null ? first.member.turnsHad : 0, first.place());
      update(group);
    }
  }

  private RouteGroup group(Waiter first, RoutePlace at) {
    return first.route.queued.isOfOneMember(who) ? first.member.routes(who) : at.own();
  }

  private @Nullable Waiter first(RoutePool route) {
    boolean canBeHelped = maxPerRoute == 0 || route.connections < maxPerRoute || route.hasSpare();
    return canBeHelped ? route.queued.first(who) : null;
  }

  private void update(RouteGroup group) {
    Turn<RoutePool> first = group.routes.first();
    PoolMember member = group.member;
    if (first == null) {
      groups.remove(group.turn);
    } else {
      groups.put(group.turn, member == null ? first.had : member.turnsHad, first.place);
    }
  }

  private void leaveOutIfItHoldsAllItMay(RouteGroup group) {
    PoolMember member = group.member;
    if (member != null && !member.mayHoldMore()) {
      groups.remove(group.turn);
    }
  }

  /** The member held all it may, and does not any more. */
  void mayHoldMore(PoolMember member) {
    update(member.routes(who));
  }
}
