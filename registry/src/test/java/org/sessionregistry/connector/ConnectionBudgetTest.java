package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * The line before a budget, with pools that do as the test says; real pools, {@link BudgetTest}.
 */
class ConnectionBudgetTest {
  private final ConnectionBudget budget = new ConnectionBudget(1);
  private final List<String> offers = new ArrayList<>();
  private final List<String> reclaims = new ArrayList<>();

  private final class Pool implements ConnectionBudget.Spender {
    private final String name;

    /** Tells whether it needs yet another. */
    BooleanSupplier whenOffered = () -> false;

    Pool(String name) {
      this.name = name;
      budget.join(this);
    }

    @Override
    public boolean permitFree() {
      offers.add(name);
      return whenOffered.getAsBoolean();
    }

    @Override
    public boolean giveUpIdle() {
      reclaims.add(name);
      return false;
    }

    boolean take() {
      return budget.tryTake(this);
    }

    boolean takesOne() {
      assertThat(take()).isTrue();
      return false;
    }
  }

  private final Pool one = new Pool("one");
  private final Pool two = new Pool("two");

  @Test
  void whoAsksAgainWhileItIsBeingServedIsNotForgotten() {
    assertThat(one.take()).isTrue();
    budget.standInLine(two);
    two.whenOffered =
        () -> {
          two.whenOffered = two::takesOne;
          budget.standInLine(two); // as another thread does for a request that came just now
          return two.takesOne();
        };

    budget.giveBack();
    budget.giveBack();

    assertThat(offers).containsExactly("two", "two");
  }

  @Test
  void whoNeedsAnotherIsBehindThoseThatWait() {
    Pool three = new Pool("three");
    one.take();
    budget.standInLine(two);
    budget.standInLine(three);
    two.whenOffered = () -> two.take();
    three.whenOffered = three::takesOne;

    budget.giveBack();
    budget.giveBack();
    budget.giveBack();

    assertThat(offers).containsExactly("two", "three", "two");
  }

  @Test
  void whoIsPassedOverTooOftenIsAheadOfTheOneThatYields() {
    one.take();
    budget.standInLine(one);
    budget.standInLine(two);
    two.whenOffered = two::takesOne;
    int passedOver = 0;
    while (!budget.isPassedOverTooOften(one)) {
      passedOver++;
    }

    budget.giveBack();

    assertThat(passedOver).isEqualTo(ConnectionPool.MAX_PASSED_OVER);
    assertThat(offers).containsExactly("two");
  }

  @Test
  void anOfferThatIsNotTakenGoesToTheNext() {
    Pool three = new Pool("three");
    three.whenOffered = three::takesOne;
    one.take();
    budget.standInLine(two);
    budget.standInLine(three);

    budget.giveBack();

    assertThat(offers).containsExactly("two", "three");
    assertThat(one.take()).isFalse();
  }

  @Test
  void nobodyIsHeldUpByWhatNobodyTook() {
    one.take();
    budget.standInLine(two);

    budget.giveBack();

    assertThat(one.take()).isTrue();
  }

  @Test
  void standingInLineTwiceIsStandingThereOnce() {
    one.take();
    budget.standInLine(two);
    budget.standInLine(two);

    budget.giveBack();

    assertThat(offers).containsExactly("two");
    assertThat(reclaims).containsExactly("one");
  }

  @Test
  void nothingIsReclaimedForWhomAPermitIsFree() {
    two.whenOffered = two::takesOne;

    budget.standInLine(two);

    assertThat(offers).containsExactly("two");
    assertThat(reclaims).isEmpty();
  }

  @Test
  void whoHasLeftIsOfferedNothing() {
    one.take();
    budget.standInLine(two);

    budget.leave(two);
    budget.giveBack();

    assertThat(offers).isEmpty();
    assertThat(budget.isWantedByOthers(one)).isFalse();
  }
}
