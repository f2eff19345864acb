package org.sessionregistry.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The progress on a terminal and elsewhere. */
class ProgressTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void aTerminalHasOneLineThatMoves() {
    work(new Progress(out, 200, true, () -> "busy"), 200);

    assertThat(text().chars().filter(c -> c == '\r')).hasSize(100);
    assertThat(text().chars().filter(c -> c == '\n')).hasSize(1);
    assertThat(text()).contains("\r  [####....]  50 %  100/200 ").contains("[########] 100 %");
    assertThat(text()).endsWith(System.lineSeparator());
  }

  @Test
  void anythingElseHasALineForEachTenth() {
    work(new Progress(out, 37, false, () -> "busy"), 37);

    assertThat(text().lines()).hasSize(10).allMatch(line -> line.endsWith("busy"));
    assertThat(text()).doesNotContain("[");
  }

  @Test
  void fewStepsMakeFewLines() {
    work(new Progress(out, 3, false, () -> "busy"), 3);

    assertThat(text().lines().map(line -> line.strip().split(" ")[0]))
        .containsExactly("30", "60", "100");
  }

  @Test
  void whatIsNotStandardOutputIsNoTerminal() {
    assertThat(Progress.isTerminal(out)).isFalse();
  }

  private static void work(Progress progress, int steps) {
    for (int done = 1; done <= steps; done++) {
      progress.show(done);
    }
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
