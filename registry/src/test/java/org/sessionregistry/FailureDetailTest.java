package org.sessionregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureDetailTest {
  private final FailureDetail detail =
      new FailureDetail(
          "github",
          "GET",
          URI.create("https://api.example/users?token=s3cr3t"),
          Duration.ofMillis(250),
          new PhaseTimes(
              Duration.ofMillis(200),
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO,
              Duration.ZERO));

  @Test
  void saysWhoseWhereAndAfterHowLongWithoutTheQuery() {
    assertThat(detail)
        .hasToString("session 'github': GET https://api.example/users?… after 250 ms");
  }

  @Test
  void beginsTheMessageOfEveryFailure() {
    IOException cause = new IOException("reset");
    SessionException failure = new ConnectionLostException(detail, "it broke", cause);
    assertThat(failure)
        .hasMessage(detail + ": it broke")
        .hasCause(cause)
        .returns(detail, SessionException::detail);
  }

  @Test
  void aTimeoutSaysWhereTheTimeWent() {
    assertThat(new TotalTimeoutException(detail, "too long"))
        .hasMessageEndingWith("too long (queue 200 ms)");
  }
}
