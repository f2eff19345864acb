package org.sessionregistry.connector;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.QueueOrder;

/**
 * Who uses the pool, what each holds, and the routes that those share whose connections are alike.
 * Guarded by the pool's lock.
 */
final class Members {
  private static final int HOLDERS_SHOWN = 3;

  /** By what their members' connections are opened with. */
  final Map<Object, RouteTable> tables = new HashMap<>();

  private final Set<PoolMember> present = new LinkedHashSet<>();

  /** Those that left while something of them was in use. */
  private final List<PoolMember> leaving = new ArrayList<>(1);

  /** Those that hold something. */
  private final Chain<PoolMember> holders = new Chain<>();

  /** Those that may hold more again, until their waiters were looked after. */
  private final Deque<PoolMember> relieved = new ArrayDeque<>();

  private final int mayHold;
  private final QueueOrder order;
  private final boolean reserving;

  /**
   * Nobody yet.
   *
   * @param mayHold the most that each may hold; 0 for no limit
   * @param order of the waiters in each queue
   * @param reserving whether some connections are for priority {@code high} only
   */
  Members(int mayHold, QueueOrder order, boolean reserving) {
    this.mayHold = mayHold;
    this.order = order;
    this.reserving = reserving;
  }

  // ---- coming and going ----------------------------------------------------------------------

  PoolMember add(ConnectionPool pool, String name, Object terms, Dialer dialer) {
    RouteTable table = tables.computeIfAbsent(terms, RouteTable::new);
    PoolMember member = new PoolMember(pool, name, table, dialer, mayHold);
    table.members++;
    present.add(member);
    return member;
  }

  boolean isEmpty() {
    return present.isEmpty();
  }

  /** It is no member any more, but what it holds runs to its end. */
  void remove(PoolMember member) {
    present.remove(member);
    member.table.members--;
    leaving.add(member);
  }

  boolean isAnybodyLeaving() {
    return !leaving.isEmpty();
  }

  /**
   * Takes those that have left: nothing of them is in use, and if nobody is there any more, no
   * connection either.
   */
  List<PoolMember> takeThoseWhoLeft(boolean noConnections) {
    List<PoolMember> left = new ArrayList<>(1);
    for (PoolMember member : leaving) {
      if (member.holding == 0 && (noConnections || !present.isEmpty())) {
        left.add(member);
      }
    }
    leaving.removeAll(left);
    return left;
  }

  // ---- their routes --------------------------------------------------------------------------

  RoutePool route(PoolMember member, Route route) {
    RouteTable table = member.table;
    return table.routes.computeIfAbsent(route, r -> new RoutePool(r, table, order, reserving));
  }

  void dropIfUnused(RoutePool route) {
    RouteTable table = route.table;
    if (route.isUnused()) {
      table.routes.remove(route.route, route);
    }
    dropIfUnused(table);
  }

  void dropIfUnused(RouteTable table) {
    if (table.members == 0 && table.routes.isEmpty()) {
      tables.remove(table.terms, table);
    }
  }

  // ---- what they hold ------------------------------------------------------------------------

  /** It holds one more connection, or stream of one. */
  void hold(PoolMember member) {
    if (member.holding++ == 0) {
      holders.addLast(member.inHolders);
    }
  }

  /** It holds one less. */
  void letGo(PoolMember member) {
    if (member.holdsAllItMay() && (member.queued > 0 || !member.parked.isEmpty())) {
      relieved.add(member);
    }
    if (--member.holding == 0) {
      holders.remove(member.inHolders);
    }
  }

  /** It may start more again. */
  void relieve(PoolMember member) {
    relieved.add(member);
  }

  /** Takes one of those that may hold more again. */
  @Nullable PoolMember pollRelieved() {
    return relieved.poll();
  }

  /** The members that hold most; none as long as there is only one. */
  List<PoolSnapshot.Holder> largestHolders() {
    if (present.size() + leaving.size() < 2) {
      return List.of();
    }
    List<PoolSnapshot.Holder> all = new ArrayList<>(holders.size());
    holders.forEach(m -> all.add(new PoolSnapshot.Holder(m.name, m.holding, m.queued)));
    all.sort(Comparator.comparingInt(PoolSnapshot.Holder::holding).reversed());
    return List.copyOf(all.subList(0, Math.min(HOLDERS_SHOWN, all.size())));
  }
}
