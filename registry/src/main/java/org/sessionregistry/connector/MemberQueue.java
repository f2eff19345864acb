package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueOrder;

/**
 * The waiters of one member in the queue of one route, and whose turn it is among them: priorities
 * are served in the ratio 16 : 4 : 1, within one of them who came first (or last). Every operation
 * is of constant cost. Guarded by the pool's lock.
 *
 * <p>Each priority has a lane with a turn on a common scale, and the lane with the lowest turn is
 * next (stride scheduling). Being served moves a lane on by its stride; a lane that was empty
 * starts at the present turn, so that having been idle is worth nothing.
 */
final class MemberQueue {
  final PoolMember member;
  final RoutePool route;

  /** Its turn among the members that wait in the route. */
  final Turn<MemberQueue> turn = new Turn<>(this);

  /** Its turn among those that wait with priority {@code high}. */
  final Turn<MemberQueue> highTurn = new Turn<>(this);

  /** Whether it waits until its member may hold one more connection. */
  boolean parked;

  private final QueueOrder order;
  private final List<Lane> lanes = new ArrayList<>(3);
  private long presentTurn;
  private int size;

  MemberQueue(PoolMember member, RoutePool route, QueueOrder order) {
    this.member = member;
    this.route = route;
    this.order = order;
    for (Priority priority : Priority.values()) {
      lanes.add(new Lane(stride(priority)));
    }
  }

  private static final class Lane {
    private final Chain<Waiter> waiters = new Chain<>();
    private final int stride;
    private long turn;

    Lane(int stride) {
      this.stride = stride;
    }
  }

  private static int stride(Priority priority) {
    return switch (priority) {
      case HIGH -> 1;
      case NORMAL -> 4;
      case LOW -> 16;
    };
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** Whose turn it is of those that are eligible. */
  @Nullable Waiter first(Eligible who) {
    Lane lane = who == Eligible.ALL ? next() : lane(Priority.HIGH);
    if (lane == null) {
      return null;
    }
    return order == QueueOrder.FIFO ? lane.waiters.first() : lane.waiters.last();
  }

  private @Nullable Lane next() {
    Lane next = null;
    for (Lane lane : lanes) {
      if (!lane.waiters.isEmpty() && (next == null || lane.turn < next.turn)) {
        next = lane;
      }
    }
    return next;
  }

  void add(Waiter waiter) {
    Lane lane = lane(waiter.priority);
    if (lane.waiters.isEmpty()) {
      lane.turn = Math.max(lane.turn, presentTurn);
    }
    lane.waiters.addLast(waiter.link);
    size++;
  }

  /** It was its turn before, and what it got came to nothing. */
  void addAgain(Waiter waiter) {
    Chain<Waiter> waiters = lane(waiter.priority).waiters;
    if (order == QueueOrder.FIFO) {
      waiters.addFirst(waiter.link);
    } else {
      waiters.addLast(waiter.link);
    }
    size++;
  }

  /** It leaves without having been served. */
  void remove(Waiter waiter) {
    lane(waiter.priority).waiters.remove(waiter.link);
    size--;
  }

  /** It leaves because it is its turn. */
  void take(Waiter waiter) {
    remove(waiter);
    Lane lane = lane(waiter.priority);
    presentTurn = Math.max(presentTurn, lane.turn);
    lane.turn += lane.stride;
  }

  @SuppressWarnings("EnumOrdinal") // the lanes are in the order of the priorities
  private Lane lane(Priority priority) {
    return lanes.get(priority.ordinal());
  }
}
