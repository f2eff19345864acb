package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TurnHeapTest {
  private final TurnHeap<String> heap = new TurnHeap<>();

  private Turn<String> put(String name, long had, long place) {
    Turn<String> turn = new Turn<>(name);
    heap.put(turn, had, place);
    return turn;
  }

  @Test
  void nobodyIsFirstInAnEmptyHeap() {
    assertThat(heap.first()).isNull();
  }

  @Test
  void whoHadFewerTurnsIsFirst() {
    put("early", 3, 1);
    Turn<String> fewer = put("late", 2, 9);

    assertThat(heap.first()).isSameAs(fewer);
  }

  @Test
  void ofTwoThatHadAsManyTheOneThatCameEarlierIsFirst() {
    put("late", 2, 9);
    Turn<String> early = put("early", 2, 1);

    assertThat(heap.first()).isSameAs(early);
  }

  @Test
  void whoMovesIsFoundWhereItBelongsNow() {
    Turn<String> one = put("one", 1, 1);
    Turn<String> two = put("two", 2, 2);

    heap.put(one, 3, 1);
    assertThat(heap.first()).isSameAs(two);

    heap.put(one, 0, 1);
    assertThat(heap.first()).isSameAs(one);
  }

  @Test
  void removingWhoIsNotInIsHarmless() {
    Turn<String> one = put("one", 1, 1);
    Turn<String> never = new Turn<>("never");

    heap.remove(never);
    heap.remove(one);
    heap.remove(one);

    assertThat(heap.first()).isNull();
  }

  /** Whatever is put, moved and removed, the first is that of a list which is sorted each time. */
  @Test
  void theFirstIsThatOfASortedList() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      TurnHeap<Integer> tested = new TurnHeap<>();
      List<Turn<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        all.add(new Turn<>(i));
      }
      List<Turn<Integer>> model = new ArrayList<>();
      for (int step = 0; step < 400; step++) {
        Turn<Integer> turn = all.get(random.nextInt(all.size()));
        if (random.nextInt(3) == 0) {
          tested.remove(turn);
          model.remove(turn);
        } else {
          // No two have the same place.
          tested.put(turn, random.nextInt(6), random.nextInt(5) * 40L + turn.of);
          if (!model.contains(turn)) {
            model.add(turn);
          }
        }
        assertThat(tested.first()).as("seed %d, step %d", seed, step).isSameAs(first(model));
      }
      assertInOrder(tested, model, seed);
    }
  }

  private static Turn<Integer> first(List<Turn<Integer>> model) {
    return model.stream()
        .min(Comparator.<Turn<Integer>>comparingLong(t -> t.had).thenComparingLong(t -> t.place))
        .orElse(null);
  }

  private static void assertInOrder(TurnHeap<Integer> heap, List<Turn<Integer>> model, int seed) {
    while (!model.isEmpty()) {
      Turn<Integer> first = first(model);
      assertThat(heap.first()).as("seed %d", seed).isSameAs(first);
      heap.remove(first);
      model.remove(first);
    }
    assertThat(heap.first()).as("seed %d", seed).isNull();
  }
}
