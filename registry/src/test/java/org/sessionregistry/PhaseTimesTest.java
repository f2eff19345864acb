package org.sessionregistry;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseTimesTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "PT0S, 0 ms",
    "PT0.0001S, 0.1 ms",
    "PT0.00925S, 9.3 ms",
    "PT0.01S, 10 ms",
    "PT0.25S, 250 ms",
    "PT0.999999S, 999 ms",
    "PT1S, 1.0 s",
    "PT1.55S, 1.6 s",
    "PT5M, 300.0 s",
  })
  void aDurationIsWrittenForPeople(Duration time, String text) {
    assertThat(PhaseTimes.text(time)).isEqualTo(text);
  }

  @Test
  void onlyPhasesThatTookTimeAreNamedInTheirOrder() {
    PhaseTimes times =
        new PhaseTimes(ofMillis(30), ZERO, ofMillis(12), ZERO, ZERO, ofMillis(2500), ZERO);
    assertThat(times).hasToString("queue 30 ms, connect 12 ms, response 2.5 s");
  }

  @Test
  void everyPhaseHasItsName() {
    Duration time = ofMillis(10);
    assertThat(new PhaseTimes(time, time, time, time, time, time, time))
        .hasToString(
            "queue 10 ms, dns 10 ms, connect 10 ms, tls 10 ms, send 10 ms, response 10 ms,"
                + " body 10 ms");
  }

  @Test
  void noPhaseIsSaidSo() {
    assertThat(PhaseTimes.NONE).hasToString("no phase begun");
  }
}
