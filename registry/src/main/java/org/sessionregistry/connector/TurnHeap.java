package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is. A binary heap whose elements know their index, so that any of them moves or
 * leaves in logarithmic time, and at constant cost while there is only one. Guarded by the pool's
 * lock.
 *
 * <p>The one rule: the keys are those of the last {@link #put}. What an element's key depends on
 * may grow meanwhile without the heap being told, so whoever takes the first looks whether its key
 * is still right; a key that is too small only comes up too early.
 */
final class TurnHeap<T> {
  private final List<Turn<T>> turns = new ArrayList<>(1);

  int size() {
    return turns.size();
  }

  @Nullable Turn<T> first() {
    return turns.isEmpty() ? null : turns.get(0);
  }

  /** Adds it, or moves it to where it belongs now. */
  void put(Turn<T> turn, long had, long place) {
    if (turn.index >= 0 && turn.had == had && turn.place == place) {
      return;
    }
    turn.had = had;
    turn.place = place;
    if (turn.index < 0) {
      turn.index = turns.size();
      turns.add(turn);
    }
    settle(turn, turn.index);
  }

  /** Takes it out; harmless when it is not in. */
  void remove(Turn<T> turn) {
    int gap = turn.index;
    if (gap < 0) {
      return;
    }
    turn.index = -1;
    Turn<T> last = turns.remove(turns.size() - 1);
    if (last != turn) {
      settle(last, gap);
    }
  }

  /** Puts it where it belongs from this gap on: those in between make room, one step each. */
  private void settle(Turn<T> turn, int gap) {
    int risen = rise(turn, gap);
    place(turn, risen < gap ? risen : sink(turn, gap));
  }

  private int rise(Turn<T> turn, int from) {
    int gap = from;
    while (gap > 0) {
      int above = (gap - 1) / 2;
      Turn<T> parent = turns.get(above);
      if (!turn.isBefore(parent)) {
        break;
      }
      place(parent, gap);
      gap = above;
    }
    return gap;
  }

  private int sink(Turn<T> turn, int from) {
    int gap = from;
    for (int below = firstChild(gap); below < turns.size(); below = firstChild(gap)) {
      Turn<T> child = turns.get(below);
      if (!child.isBefore(turn)) {
        break;
      }
      place(child, gap);
      gap = below;
    }
    return gap;
  }

  /** The child that is before the other; beyond the end when there is none. */
  private int firstChild(int parent) {
    int left = 2 * parent + 1;
    int right = left + 1;
    return right < turns.size() && turns.get(right).isBefore(turns.get(left)) ? right : left;
  }

  private void place(Turn<T> turn, int index) {
    turns.set(index, turn);
    turn.index = index;
  }
}
