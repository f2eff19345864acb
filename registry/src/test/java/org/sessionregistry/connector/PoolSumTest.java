package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.PoolSnapshot.Holder;

/** Several pools as one. */
class PoolSumTest {
  private final PoolSum sum = new PoolSum();

  private static PoolSnapshot pool(int max, OptionalInt queueLimit, int factor) {
    return new PoolSnapshot(
        max,
        queueLimit,
        factor,
        2 * factor,
        3 * factor,
        4 * factor,
        5 * factor,
        6 * factor,
        7 * factor,
        8 * factor,
        9 * factor,
        10 * factor,
        11 * factor,
        12 * factor,
        13 * factor,
        14 * factor,
        List.of());
  }

  @Test
  void numbersAreAddedAndOfPeaksAndWaitsTheGreatestIsTaken() {
    sum.add(pool(3, OptionalInt.of(4), 1));
    sum.add(pool(5, OptionalInt.of(0), 10));
    assertThat(sum.total())
        .isEqualTo(
            new PoolSnapshot(
                8,
                OptionalInt.of(4),
                11,
                22,
                33,
                44,
                55,
                60,
                70,
                88,
                99,
                110,
                110,
                120,
                143,
                154,
                List.of()));
  }

  @Test
  void oneWithoutALimitLeavesNoLimit() {
    sum.add(pool(3, OptionalInt.of(4), 1));
    sum.add(pool(0, OptionalInt.empty(), 1));
    assertThat(sum.total())
        .returns(0, PoolSnapshot::maxConnections)
        .returns(OptionalInt.empty(), PoolSnapshot::queueLimit);
  }

  @Test
  void limitsStayWithinTheNumbersThatThereAre() {
    sum.add(pool(Integer.MAX_VALUE, OptionalInt.of(Integer.MAX_VALUE), 1));
    sum.add(pool(2, OptionalInt.of(2), 1));
    assertThat(sum.total())
        .returns(Integer.MAX_VALUE, PoolSnapshot::maxConnections)
        .returns(OptionalInt.of(Integer.MAX_VALUE), PoolSnapshot::queueLimit);
  }

  @Test
  void oneThatIsEndingIsThereButAddsNoLimit() {
    sum.add(pool(3, OptionalInt.of(4), 1));
    sum.addEnding(pool(0, OptionalInt.empty(), 1));
    assertThat(sum.total())
        .returns(3, PoolSnapshot::maxConnections)
        .returns(OptionalInt.of(4), PoolSnapshot::queueLimit)
        .returns(2, PoolSnapshot::inUse);
  }

  @Test
  void ofOneThatIsNoMoreOnlyWhatItHasDoneCounts() {
    sum.add(pool(3, OptionalInt.of(4), 1));
    sum.addPast(pool(9, OptionalInt.of(9), 10));
    assertThat(sum.total())
        .returns(1, PoolSnapshot::inUse)
        .returns(5, PoolSnapshot::waiting)
        .returns(11L, PoolSnapshot::oldestWaitNanos)
        .returns(60, PoolSnapshot::peakInUse)
        .returns(88L, PoolSnapshot::opened)
        .returns(120L, PoolSnapshot::longestWaitNanos);
  }

  @Test
  void thoseThatHoldMostAreNamedFirstAndThoseThatHoldNothingNotAtAll() {
    PoolSnapshot nothing = pool(1, OptionalInt.empty(), 0);
    sum.hold("nobody", nothing);
    for (int i = 1; i <= 4; i++) {
      sum.hold("t" + i, pool(1, OptionalInt.empty(), i));
    }
    assertThat(sum.total().holders())
        .containsExactly(
            new Holder("t4", 64, 20), new Holder("t3", 48, 15), new Holder("t2", 32, 10));
  }
}
