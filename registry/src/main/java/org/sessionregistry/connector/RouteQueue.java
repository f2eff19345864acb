package org.sessionregistry.connector;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.QueueOrder;

/**
 * The waiters in the queue of one route: members take turns, and within a member's turn its {@link
 * MemberQueue} decides. A member that holds as many connections as it may is parked until it holds
 * one less. Guarded by the pool's lock.
 */
final class RouteQueue {
  private final RoutePool route;
  private final QueueOrder order;
  private final boolean reserving;
  private final Map<PoolMember, MemberQueue> members = new HashMap<>(4);
  private final TurnHeap<MemberQueue> turns = new TurnHeap<>();
  private final TurnHeap<MemberQueue> highTurns = new TurnHeap<>();
  private @Nullable MemberQueue last;
  private int size;

  /** A queue; reserving tells whether some connections are for priority {@code high} only. */
  RouteQueue(RoutePool route, QueueOrder order, boolean reserving) {
    this.route = route;
    this.order = order;
    this.reserving = reserving;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int size() {
    return size;
  }

  /** Whether all that are eligible and not parked are of the same member. */
  boolean isOfOneMember(Eligible who) {
    return heap(who).size() == 1;
  }

  private TurnHeap<MemberQueue> heap(Eligible who) {
    return who == Eligible.ALL ? turns : highTurns;
  }

  /** Whose turn it is of those that are eligible and whose member may have one more. */
  @Nullable Waiter first(Eligible who) {
    TurnHeap<MemberQueue> heap = heap(who);
    for (Turn<MemberQueue> turn = heap.first(); turn != null; turn = heap.first()) {
      MemberQueue queue = turn.of;
      if (!queue.member.mayHoldMore()) {
        park(queue);
      } else if (turn.had != queue.member.turnsHad) {
        update(queue); // served elsewhere meanwhile
      } else {
        return queue.first(who);
      }
    }
    return null;
  }

  void add(Waiter waiter) {
    MemberQueue queue = of(waiter.member);
    queue.add(waiter);
    size++;
    update(queue);
  }

  void addAgain(Waiter waiter) {
    MemberQueue queue = of(waiter.member);
    queue.addAgain(waiter);
    size++;
    update(queue);
  }

  /** It leaves without having been served. */
  void remove(Waiter waiter) {
    MemberQueue queue = of(waiter.member);
    queue.remove(waiter);
    left(queue);
  }

  /** It leaves because it is its turn. */
  void take(Waiter waiter) {
    MemberQueue queue = of(waiter.member);
    queue.take(waiter);
    left(queue);
  }

  private void left(MemberQueue queue) {
    size--;
    update(queue);
    if (queue.isEmpty() && !queue.parked && members.size() > 1) {
      members.remove(queue.member);
      last = null;
    }
  }

  private MemberQueue of(PoolMember member) {
    MemberQueue cached = last;
    if (cached != null && cached.member == member) {
      return cached;
    }
    if (cached != null && cached.isEmpty() && !cached.parked) {
      members.remove(cached.member); // was kept because it was the only one
    }
    MemberQueue found =
        members.computeIfAbsent(member, added -> new MemberQueue(added, route, order));
    last = found;
    return found;
  }

  /** The member may hold more again. */
  void unpark(MemberQueue queue) {
    queue.parked = false;
    update(queue);
    if (queue.isEmpty() && members.size() > 1) {
      members.remove(queue.member);
      last = null;
    }
  }

  private void park(MemberQueue queue) {
    turns.remove(queue.turn);
    highTurns.remove(queue.highTurn);
    if (!queue.parked) {
      queue.parked = true;
      queue.member.parked.add(queue);
    }
  }

  private void update(MemberQueue queue) {
    if (queue.parked) {
      return;
    }
    update(turns, queue.turn, Eligible.ALL);
    if (reserving) {
      update(highTurns, queue.highTurn, Eligible.HIGH);
    }
  }

  private static void update(TurnHeap<MemberQueue> heap, Turn<MemberQueue> turn, Eligible who) {
    Waiter first = turn.of.first(who);
    if (first == null) {
      heap.remove(turn);
    } else {
      heap.put(turn, turn.of.member.turnsHad, first.place());
    }
  }
}
