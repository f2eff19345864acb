package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 8305 section 5. */
class ConnectRaceTest {
  private static final Duration DELAY = Duration.ofMillis(250);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void theFirstIsTriedAlone() {
    RaceCourse course = of("1", "2").start();
    course.time.advance(DELAY.minusNanos(1));
    course.connects("1");

    assertThat(course.events).containsExactly("try 1", "won 1");
    assertThat(course.time.pending()).isZero();
  }

  @Test
  void theNextBeginsWhenTheHeadStartIsOver() {
    RaceCourse course = of("1", "2", "3").start();
    course.time.advance(DELAY);
    assertThat(course.events).containsExactly("try 1", "try 2");
    course.time.advance(DELAY);
    assertThat(course.events).containsExactly("try 1", "try 2", "try 3");
  }

  @Test
  void theNextBeginsAtOnceWhenOneFailsAndHasAHeadStartOfItsOwn() {
    RaceCourse course = of("1", "2", "3").start();
    course.time.advance(Duration.ofMillis(200));
    course.fails("1", "refused");
    course.time.advance(Duration.ofMillis(249));
    assertThat(course.events).containsExactly("try 1", "try 2");
    course.time.advance(Duration.ofMillis(1));
    assertThat(course.events).containsExactly("try 1", "try 2", "try 3");
  }

  @Test
  void theOthersAreGoneBeforeTheWinnerIsTold() {
    RaceCourse course = of("1", "2", "3").start();
    course.closesAtOnce = false;
    course.time.advance(DELAY.multipliedBy(2));
    course.connects("2");
    assertThat(course.events).containsExactly("try 1", "try 2", "try 3", "close 1", "close 3");
    course.gone("1");
    assertThat(course.events).doesNotContain("won 2");
    course.gone("3");
    assertThat(course.events).endsWith("won 2");
  }

  @Test
  void oneThatConnectsTooLateChangesNothing() {
    RaceCourse course = of("1", "2").start();
    course.closesAtOnce = false;
    course.time.advance(DELAY);
    course.connects("1");
    course.connects("2");
    course.fails("2", "closed");
    course.gone("2");

    assertThat(course.events).containsExactly("try 1", "try 2", "close 2", "won 1");
  }

  @Test
  void whenAllFailEachReasonIsTold() {
    RaceCourse course = of("1", "2").start();
    course.fails("1", "refused");
    course.fails("2", "unreachable");

    assertThat(course.events).containsExactly("try 1", "try 2", "lost: 1 refused, 2 unreachable");
    assertThat(course.time.pending()).isZero();
  }

  @Test
  void theLastMayStillWinWhenTheOthersHaveFailed() {
    RaceCourse course = of("1", "2").start();
    course.time.advance(DELAY);
    course.fails("2", "refused");
    course.connects("1");

    assertThat(course.events).containsExactly("try 1", "try 2", "won 1");
  }

  @Test
  void theLimitIsForAllTogether() {
    RaceCourse course = of("1", "2", "3").start();
    course.closesAtOnce = false;
    course.fails("1", "refused");
    course.time.advance(LIMIT);
    assertThat(course.events).endsWith("close 2", "close 3");
    course.gone("2");
    course.gone("3");

    assertThat(course.events).endsWith("late: 1 refused, 2 no answer, 3 no answer");
    assertThat(course.time.pending()).isZero();
  }

  @Test
  void withoutHeadStartOneIsTriedAfterTheOther() {
    RaceCourse course = new RaceCourse(Duration.ZERO, LIMIT, "1", "2").start();
    course.time.advance(LIMIT.minusNanos(1));
    assertThat(course.events).containsExactly("try 1");
    course.fails("1", "refused");
    assertThat(course.events).containsExactly("try 1", "try 2");
  }

  @Test
  void withoutLimitItWaits() {
    RaceCourse course = new RaceCourse(DELAY, Duration.ZERO, "1").start();
    course.time.advance(Duration.ofDays(1));
    course.connects("1");

    assertThat(course.events).containsExactly("try 1", "won 1");
  }

  @Test
  void anAbortClosesAll() {
    RaceCourse course = of("1", "2", "3").start();
    course.closesAtOnce = false;
    course.time.advance(DELAY);
    course.abort();
    course.gone("2");
    assertThat(course.events).containsExactly("try 1", "try 2", "close 1", "close 2");
    course.gone("1");
    assertThat(course.events).endsWith("aborted");
    course.time.advance(LIMIT);
    assertThat(course.events).endsWith("aborted").hasSize(5);
  }

  @Test
  void anAbortReachesAWinnerThatWasNotToldYet() {
    RaceCourse course = of("1", "2").start();
    course.closesAtOnce = false;
    course.time.advance(DELAY);
    course.connects("1");
    course.abort();
    course.gone("2");
    assertThat(course.events).endsWith("close 2", "close 1");
    course.gone("1");

    assertThat(course.events).endsWith("aborted").doesNotContain("won 1");
  }

  @Test
  void anAbortBeforeTheStartIsToldAtOnce() {
    RaceCourse course = of("1");
    course.abort();
    assertThat(course.events).containsExactly("aborted");
  }

  @Test
  void whoFailedOrWasOvertakenIsTriedLastNextTime() {
    RaceCourse course = of("1", "2", "3", "4").start();
    course.fails("1", "refused");
    course.time.advance(DELAY);
    course.connects("3");

    assertThat(
            course.failing.last(
                List.of(
                    RaceCourse.at("1"),
                    RaceCourse.at("2"),
                    RaceCourse.at("3"),
                    RaceCourse.at("4"))))
        .as("1 has failed and 2 was overtaken by 3; 4 was not tried")
        .containsExactly(
            RaceCourse.at("3"), RaceCourse.at("4"), RaceCourse.at("1"), RaceCourse.at("2"));
  }

  @Test
  void whoWasNeverReachedForWantOfASourceAddressIsNotBlamed() {
    RaceCourse course = of("1").start();
    course.cannotStart("1");

    assertThat(course.events).containsExactly("try 1", "lost: 1 not ours");
    assertThat(course.failing.last(List.of(RaceCourse.at("1"), RaceCourse.at("2"))))
        .containsExactly(RaceCourse.at("1"), RaceCourse.at("2"));
  }

  @Test
  void whoNeverAnsweredIsTriedLastNextTime() {
    RaceCourse course = of("1").start();
    course.time.advance(LIMIT);

    assertThat(course.failing.last(List.of(RaceCourse.at("1"), RaceCourse.at("2"))))
        .containsExactly(RaceCourse.at("2"), RaceCourse.at("1"));
  }

  private static RaceCourse of(String... names) {
    return new RaceCourse(DELAY, LIMIT, names);
  }
}
