package org.sessionregistry.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the storefront reads and writes: lines of a file, JSON, money, units, tables. */
class FormatsTest {
  @Test
  void commasAndQuotesMayStandBetweenQuotes() {
    assertThat(CsvResource.fields("1,\"Müller, Anna\",\"Bistro \"\"Le Coin\"\"\",,2"))
        .containsExactly("1", "Müller, Anna", "Bistro \"Le Coin\"", "", "2");
  }

  @Test
  void everyOrderOfTheFileIsRead() {
    assertThat(CsvResource.orders()).hasSize(360).extracting(Order::id).doesNotHaveDuplicates();
  }

  @Test
  void jsonIsReadAsItWasWritten() {
    String json = Json.object("name", "a \"quoted\" \\ text", "cents", 1290);

    assertThat(json).isEqualTo("{\"name\":\"a \\\"quoted\\\" \\\\ text\",\"cents\":1290}");
    assertThat(Json.member(json, "name")).contains("a \"quoted\" \\ text");
    assertThat(Json.member(json, "cents")).contains("1290");
    assertThat(Json.member(json, "nothing")).isEmpty();
  }

  @Test
  void numbersAreForPeople() {
    assertThat(new Money(123_450)).hasToString("EUR 1,234.50");
    assertThat(Units.time(Duration.ofNanos(400_000))).isEqualTo("0.4 ms");
    assertThat(Units.time(Duration.ofMillis(250))).isEqualTo("250 ms");
    assertThat(Units.time(Duration.ofMillis(1240))).isEqualTo("1.24 s");
    assertThat(Units.size(512)).isEqualTo("512 B");
    assertThat(Units.size(2048)).isEqualTo("2.0 KiB");
    assertThat(Units.size(300 * 1024)).isEqualTo("300 KiB");
  }

  @Test
  void aTableAlignsItsColumns() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();

    new TextTable("<name", "n", "<note")
        .row("a", 12345, "x")
        .row("longer", 7, "yy")
        .printTo(new PrintStream(printed, true, StandardCharsets.UTF_8));

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "  name        n  note",
            "  ------  -----  ----",
            "  a       12345  x",
            "  longer      7  yy");
  }
}
