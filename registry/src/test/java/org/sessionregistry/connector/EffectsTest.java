package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EffectsTest {
  private final Effects effects = new Effects();
  private final List<String> done = new ArrayList<>();

  @Test
  void effectsRunInTheirOrder() {
    effects.add(() -> done.add("a"));
    effects.add(() -> done.add("b"));

    effects.run();

    assertThat(done).containsExactly("a", "b");
  }

  @Test
  void noEffectsDoNothing() {
    effects.run();

    assertThat(done).isEmpty();
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthersFromRunning() {
    IllegalStateException first = new IllegalStateException("first");
    AssertionError second = new AssertionError("second");
    effects.add(
        () -> {
          throw first;
        });
    effects.add(
        () -> {
          throw second;
        });
    effects.add(() -> done.add("c"));

    assertThatThrownBy(effects::run).isSameAs(first).hasSuppressedException(second);
    assertThat(done).containsExactly("c");
  }

  @Test
  void anErrorIsThrownAsItIs() {
    AssertionError error = new AssertionError("broken");
    effects.add(
        () -> {
          throw error;
        });

    assertThatThrownBy(effects::run).isSameAs(error);
  }
}
