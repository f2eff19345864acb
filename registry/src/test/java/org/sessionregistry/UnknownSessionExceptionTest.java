package org.sessionregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnknownSessionExceptionTest {
  @Test
  void namesWhatThereIsInOrder() {
    assertThat(new UnknownSessionException("githb", List.of("payments", "github")))
        .hasMessage("there is no session named 'githb'; the sessions are [github, payments]");
  }

  @Test
  void saysHowToConfigureASessionWhenThereIsNone() {
    assertThat(new UnknownSessionException("github", List.of()))
        .hasMessageContaining("client-session.<name>.<setting>");
  }
}
