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
      rise(turn);
    } else {
      rise(turn);
      sink(turn);
    }
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
      place(last, gap);
      rise(last);
      sink(last);
    }
  }

  private void rise(Turn<T> turn) {
    while (turn.index > 0) {
      Turn<T> parent = turns.get((turn.index - 1) / 2);
      if (!turn.isBefore(parent)) {
        return;
      }
      swap(turn, parent);
    }
  }

  private void sink(Turn<T> turn) {
    for (Turn<T> child = firstChild(turn);
        child != null && child.isBefore(turn);
        child = firstChild(turn)) {
      swap(child, turn);
    }
  }

  private @Nullable Turn<T> firstChild(Turn<T> turn) {
    int left = 2 * turn.index + 1;
    if (left >= turns.size()) {
      return null;
    }
    Turn<T> one = turns.get(left);
    if (left + 1 == turns.size()) {
      return one;
    }
    Turn<T> other = turns.get(left + 1);
    return other.isBefore(one) ? other : one;
  }

  private void swap(Turn<T> one, Turn<T> other) {
    int index = one.index;
    place(one, other.index);
    place(other, index);
  }

  private void place(Turn<T> turn, int index) {
    turns.set(index, turn);
    turn.index = index;
  }
}
