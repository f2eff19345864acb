package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.settings.Percentage;

/** Retries are a share of the requests, and ten that were saved up. */
class RetryBudgetTest {
  private static final int RESERVE = 10;

  @ParameterizedTest(name = "{0}%")
  @ValueSource(ints = {0, 1, 7, 20, 50, 99, 100})
  void thereAreNeverMoreRetriesThanTheShareAndTheReserve(int share) {
    for (int seed = 0; seed < 50; seed++) {
      Random random = new Random(seed);
      RetryBudget budget = new RetryBudget(new Percentage(share));
      int requests = 0;
      int retries = 0;
      for (int step = 0; step < 2000; step++) {
        if (random.nextInt(10) < seed % 10) {
          budget.deposit();
          requests++;
        } else if (budget.withdraw()) {
          retries++;
        }
        int reserve = share == 0 ? 0 : RESERVE;
        assertThat(100L * retries)
            .as("retries of %s requests, seed %s", requests, seed)
            .isLessThanOrEqualTo((long) share * requests + 100L * reserve);
      }
    }
  }

  @Test
  void aNewSessionHasTheWholeReserve() {
    RetryBudget budget = new RetryBudget(new Percentage(20));
    assertThat(withdrawn(budget)).isEqualTo(RESERVE);
  }

  @Test
  void fiveRequestsEarnOneRetryOfTwentyPercent() {
    RetryBudget budget = new RetryBudget(new Percentage(20));
    withdrawn(budget);
    for (int i = 0; i < 4; i++) {
      budget.deposit();
    }
    assertThat(budget.withdraw()).isFalse();
    budget.deposit();
    assertThat(budget.withdraw()).isTrue();
    assertThat(budget.withdraw()).isFalse();
  }

  @Test
  void noMoreThanTheReserveIsSavedUp() {
    RetryBudget budget = new RetryBudget(new Percentage(100));
    budget.withdraw();
    for (int i = 0; i < 1000; i++) {
      budget.deposit();
    }
    assertThat(withdrawn(budget)).isEqualTo(RESERVE);
  }

  @Test
  void noShareIsNoRetryAtAll() {
    RetryBudget budget = new RetryBudget(new Percentage(0));
    budget.deposit();
    assertThat(budget.withdraw()).isFalse();
  }

  private static int withdrawn(RetryBudget budget) {
    int retries = 0;
    while (budget.withdraw()) {
      retries++;
    }
    return retries;
  }
}
