package org.sessionregistry.connector;

/**
 * Somebody's place in a {@link TurnHeap}: who has had fewer turns is first, then who came first.
 * Guarded by the pool's lock.
 */
final class Turn<T> {
  final T of;
  long had;
  long place;

  /** Where it is in its heap; -1 when it is in none. */
  int index = -1;

  Turn(T of) {
    this.of = of;
  }

  boolean isBefore(Turn<T> other) {
    return had == other.had ? place < other.place : had < other.had;
  }
}
