package org.sessionregistry.connector;

import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.connector.Soak.Shape;

/**
 * Many threads use pools at once. Whatever the interleaving, everyone hears exactly once, the
 * limits hold for sockets, and nothing is left at the end.
 */
class PoolSoakTest {
  @Test
  void everyRequestHearsOnceAndNothingIsLeft() throws Exception {
    wholeLife(new Shape(1, 1, 1, 0, 0, 0), 120_000);
  }

  @ParameterizedTest(name = "{0} pools of {1}, {2} at once, budget {3}, {4} each, {5} reserved")
  @CsvSource({
    "1, 3, 1, 0, 0, 0", // members
    "1, 1, 4, 0, 0, 0", // streams
    "1, 3, 4, 0, 2, 1", // both, with everything that keeps connections from some
    "3, 1, 1, 4, 0, 0", // a budget
    "3, 2, 3, 2, 2, 0", // that is smaller than the number of pools
  })
  void soItIsWhateverIsShared(
      int pools, int members, int mostAtOnce, int budget, int maxPerMember, int reservedHigh)
      throws Exception {
    wholeLife(new Shape(pools, members, mostAtOnce, budget, maxPerMember, reservedHigh), 30_000);
  }

  private static void wholeLife(Shape shape, int requestsPerWorker) throws Exception {
    try (Soak soak = new Soak(shape)) {
      soak.run(requestsPerWorker);
      soak.awaitAllHeard();
      soak.leave();

      soak.assertNothingIsLeft();
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 0", "1, 3, 3, 0", "3, 2, 2, 4"})
  void closingInTheMidstOfItLeavesNothing(int pools, int members, int mostAtOnce, int budget)
      throws Exception {
    for (int i = 0; i < 100; i++) {
      try (Soak soak = new Soak(new Shape(pools, members, mostAtOnce, budget, 0, 0))) {
        soak.closeAfter = 1 + ThreadLocalRandom.current().nextInt(600);
        soak.run(200);
        if (soak.begun.get() < soak.closeAfter) {
          soak.leave();
        }
        soak.awaitAllHeard();

        soak.assertNothingIsLeft();
      }
    }
  }
}
