package org.sessionregistry.servers.readme;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.observe.Description;
import org.sessionregistry.observe.RegistryMXBean;
import org.sessionregistry.observe.SessionMXBean;
import org.sessionregistry.settings.QueueSettings;
import org.sessionregistry.settings.SessionSettings;

/** What docs/watching.md shows is what compiles and runs here; its tables are the beans' own. */
class WatchingTest {
  private static final String DOCUMENT = "docs/watching.md";

  /** A session that may not even open a connection: nobody listens on port 1. */
  private static SessionRegistry registry() {
    return SessionRegistry.builder()
        .session(
            SessionSettings.builder("reports")
                .baseUrl("http://127.0.0.1:1/")
                .pool(p -> p.withMaxConnections(2))
                .queue(QueueSettings.ofMaxSize(0))
                .build())
        .build();
  }

  @Test
  void theStatisticsArePrinted() throws Exception {
    assertThat(Snippets.snippet("Watching.java", "readme"))
        .isEqualTo(Snippets.blocks(DOCUMENT, "java").get(0));
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, UTF_8));
    try (SessionRegistry registry = registry()) {
      Watching.print(registry);
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(UTF_8))
        .isEqualToIgnoringNewLines(
            "reports: 0 in flight, 0 failed {}, pool: max 2, in use 0, idle 0, opening 0, waiting"
                + " 0");
  }

  @Test
  void aFailureIsToldByItsKind() throws Exception {
    assertThat(Snippets.snippet("Watching.java", "failures"))
        .isEqualTo(Snippets.blocks(DOCUMENT, "java").get(1));
    try (SessionRegistry registry = registry()) {
      assertThatExceptionOfType(ConnectionFailedException.class)
          .isThrownBy(() -> Watching.load(registry.session("reports")))
          .satisfies(e -> assertThat(e.pool()).isPresent());
    }
  }

  @Test
  void everyAttributeHasItsRow() throws Exception {
    List<String> rows =
        Stream.of(SessionMXBean.class, RegistryMXBean.class)
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .filter(method -> method.getName().startsWith("get")) // the others do something
            .map(WatchingTest::row)
            .toList();
    List<String> shown =
        Snippets.document(DOCUMENT)
            .lines()
            .dropWhile(line -> !line.startsWith("### Attributes"))
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> line.startsWith("| `"))
            .toList();
    assertThat(shown).containsExactlyInAnyOrderElementsOf(rows);
  }

  private static String row(Method getter) {
    String meaning = getter.getAnnotation(Description.class).value();
    return "| `" + getter.getName().substring("get".length()) + "` | " + meaning + " |";
  }
}
