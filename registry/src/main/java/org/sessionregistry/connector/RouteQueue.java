package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueOrder;

/**
 * The waiters in the queue of one route, and whose turn it is: priorities are served in the ratio
 * 16 : 4 : 1, within one of them who came first (or last). Every operation is of constant cost.
 * Guarded by the pool's lock.
 *
 * <p>Each priority has a lane with a turn on a common scale, and the lane with the lowest turn is
 * next (stride scheduling). Being served moves a lane on by its stride; a lane that was empty
 * starts at the present turn, so that having been idle is worth nothing.
 */
final class RouteQueue {
  private final QueueOrder order;
  private final List<Lane> lanes = new ArrayList<>(3);
  private long presentTurn;
  private int size;

  RouteQueue(QueueOrder order) {
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

  /** Whose turn it is. */
  @Nullable Waiter first() {
    Lane lane = next();
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
    Lane lane = laneOf(waiter);
    if (lane.waiters.isEmpty()) {
      lane.turn = Math.max(lane.turn, presentTurn);
    }
    lane.waiters.addLast(waiter.link);
    size++;
  }

  /** It leaves without having been served. */
  void remove(Waiter waiter) {
    laneOf(waiter).waiters.remove(waiter.link);
    size--;
  }

  /** It leaves because it is its turn. */
  void take(Waiter waiter) {
    remove(waiter);
    Lane lane = laneOf(waiter);
    presentTurn = Math.max(presentTurn, lane.turn);
    lane.turn += lane.stride;
  }

  @SuppressWarnings("EnumOrdinal") // the lanes are in the order of the priorities
  private Lane laneOf(Waiter waiter) {
    return lanes.get(waiter.priority.ordinal());
  }
}
