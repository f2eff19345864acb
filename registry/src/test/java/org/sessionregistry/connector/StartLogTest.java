package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is remembered of starts; time begins just before it overflows. */
class StartLogTest {
  private static final long PERIOD = 1_000_000;
  private static final long BEGIN = Long.parseLong("9223372036854775807") - PERIOD;

  private final StartLog log = new StartLog();

  @Test
  void aStartCountsForOnePeriod() {
    log.remember(10, PERIOD);
    log.add(BEGIN);
    assertThat(log.count(BEGIN)).isEqualTo(1);
    assertThat(log.nanosToNext(BEGIN)).isEqualTo(PERIOD);
    assertThat(log.count(BEGIN + PERIOD - 1)).isEqualTo(1);
    assertThat(log.nanosToNext(BEGIN + PERIOD - 1)).isEqualTo(1);
    assertThat(log.count(BEGIN + PERIOD)).isZero();
    assertThat(log.nanosToNext(BEGIN + PERIOD)).isNegative();
  }

  @Test
  void fewStartsAreRememberedExactly() {
    log.remember(1_000, PERIOD);
    for (int i = 0; i < 1_000; i++) {
      log.add(BEGIN + i);
    }
    assertThat(log.count(BEGIN + PERIOD + 499)).isEqualTo(500);
  }

  @Test
  void oneThatWasNoneIsForgotten() {
    log.remember(10, PERIOD);
    log.takeBack();
    log.add(BEGIN);
    log.add(BEGIN + 7);
    log.takeBack();
    assertThat(log.count(BEGIN + PERIOD + 6)).isEqualTo(1);
    log.takeBack();
    assertThat(log.count(BEGIN + PERIOD + 6)).isZero();
  }

  @Test
  void anotherPeriodCountsForWhatIsRemembered() {
    log.remember(10, PERIOD);
    log.add(BEGIN);
    log.remember(10, 2 * PERIOD);
    assertThat(log.count(BEGIN + 2 * PERIOD - 1)).isEqualTo(1);
    log.remember(10, 1);
    assertThat(log.count(BEGIN + 2 * PERIOD - 1)).isZero();
  }

  /**
   * Many starts share entries: none is forgotten early, nor a thousandth of the period too late.
   */
  @Test
  void manyStartsAreRememberedForOnePeriodAndHardlyLonger() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      StartLog many = new StartLog();
      many.remember(1_000_000, PERIOD);
      List<Long> all = new ArrayList<>();
      long now = 0; // relative to BEGIN
      for (int i = 0; i < 20_000; i++) {
        now += random.nextInt(random.nextInt(100) == 0 ? (int) PERIOD / 20 : 200);
        all.add(now);
        many.add(BEGIN + now);
        if (i % 100 == 0) {
          int counted = many.count(BEGIN + now);
          assertThat(counted).isGreaterThanOrEqualTo(within(all, now, PERIOD));
          assertThat(counted).isLessThanOrEqualTo(within(all, now, PERIOD + PERIOD / 1_000));
        }
      }
      assertThat(many.toString()).matches("\\d+ starts in \\d{1,4} entries");
    }
  }

  private static int within(List<Long> all, long now, long period) {
    return (int) all.stream().filter(start -> now - start < period).count();
  }
}
