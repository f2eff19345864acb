package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieFileTest {
  private static final String GOOD =
      "a.example\thost\t/\tany\tany\tdefault\t2026-01-15T12:00:00Z\tsession\tname\ts3cret";

  private final TestJar test = TestJar.create();

  @TempDir Path directory = Path.of("");

  @Test
  void whatIsSavedIsLoadedEqual() throws IOException {
    test.received(
        "https://www.example.com/x/y",
        "a=1; Max-Age=60; Secure; HttpOnly; SameSite=Strict",
        "b=2; Domain=example.com; Path=/a\tb\\t",
        "c\td=e\tf\\",
        "=nameless",
        "empty=",
        "latin=\u00e9\u0085");
    test.received("https://b.example/", "x=y; Secure; SameSite=None; Max-Age=1");
    TestJar other = TestJar.create();
    other.jar.load(new StringReader(saved(CookieJar.Keep.ALL)));
    assertThat(other.jar.cookies()).isEqualTo(test.jar.cookies()).hasSize(7);
  }

  @Test
  void theFormatIsTheDocumentedOne() throws IOException {
    test.received(
        "https://www.example.com/", "a=1; Max-Age=60; Secure; HttpOnly; SameSite=Lax", "b=2");
    assertThat(saved(CookieJar.Keep.ALL))
        .isEqualTo(
            """
            # session-registry cookies 1
            www.example.com\thost\t/\tsecure\thttp-only\tlax\t2026-01-15T12:00:00Z\t2026-01-15T12:01:00Z\ta\t1
            www.example.com\thost\t/\tany\tany\tdefault\t2026-01-15T12:00:00Z\tsession\tb\t2
            """);
  }

  @Test
  void cookiesOfTheSessionAreSavedOnlyWhenAskedFor() throws IOException {
    test.received("https://a.example/", "session=1", "persistent=2; Max-Age=60");
    assertThat(saved(CookieJar.Keep.PERSISTENT))
        .contains("persistent")
        .doesNotContain("session\t1");
    assertThat(saved(CookieJar.Keep.ALL)).contains("persistent").contains("session\t1");
  }

  @Test
  void whatHasEndedOrIsNotAcceptedIsNotLoaded() throws IOException {
    TestJar open = TestJar.withoutPublicSuffixes();
    open.received("https://a.co.uk/", "suffix=1; Domain=co.uk", "good=2", "ended=3; Max-Age=5");
    StringWriter out = new StringWriter();
    open.jar.save(out, CookieJar.Keep.ALL);
    test.after(Duration.ofSeconds(5)).received("https://a.co.uk/", "ended=newer");
    test.jar.load(new StringReader(out.toString()));
    assertThat(test.header("https://a.co.uk/")).isEqualTo("good=2; ended=newer");
  }

  @Test
  void aFileIsForItsOwnerAloneAndReplacedAsAWhole() throws IOException {
    Path file = Files.writeString(directory.resolve("jar"), "old");
    test.received("https://a.example/", "a=\u00e9; Max-Age=60");
    test.jar.save(file, CookieJar.Keep.PERSISTENT);
    TestJar other = TestJar.create();
    other.jar.load(file);
    assertThat(other.only()).isEqualTo(test.only());
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    try (var files = Files.list(directory)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void emptyLinesAndCommentsAreSkipped() throws IOException {
    test.jar.load(new StringReader(CookieFile.FIRST_LINE + "\n\n# note\n" + GOOD + "\n"));
    assertThat(test.only().value()).isEqualTo("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example",
        "a.example\tperhaps\t/\tany\tany\tdefault\t2026-01-15T12:00:00Z\tsession\tname\ts3cret",
        "a.example\thost\tx\tany\tany\tdefault\t2026-01-15T12:00:00Z\tsession\tname\ts3cret",
        "a.example\thost\t/\tyes\tany\tdefault\t2026-01-15T12:00:00Z\tsession\tname\ts3cret",
        "a.example\thost\t/\tany\tno\tdefault\t2026-01-15T12:00:00Z\tsession\tname\ts3cret",
        "a.example\thost\t/\tany\tany\tother\t2026-01-15T12:00:00Z\tsession\tname\ts3cret",
        "a.example\thost\t/\tany\tany\tdefault\tyesterday\tsession\tname\ts3cret",
        "a.example\thost\t/\tany\tany\tdefault\t2026-01-15T12:00:00Z\tnever\tname\ts3cret",
        "a.example\thost\t/\tany\tany\tdefault\t2026-01-15T12:00:00Z\tsession\tna;me\ts3cret",
        "a.example\thost\t/\tany\tany\tdefault\t2026-01-15T12:00:00Z\tsession\t__Host-a\ts3cret",
        "a..b\thost\t/\tany\tany\tdefault\t2026-01-15T12:00:00Z\tsession\tname\ts3cret",
        GOOD + "\tmore",
        GOOD + "\\n",
        GOOD + "\\",
      })
  void aBrokenLineIsNamedAndNotShown(String line) {
    String text = CookieFile.FIRST_LINE + "\n" + GOOD + "\n" + line;
    assertThatThrownBy(() -> test.jar.load(new StringReader(text)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 3")
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
    assertThat(test.jar.cookies()).as("nothing is added").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# session-registry cookies 2\n", GOOD})
  void anotherFileIsNotLoaded(String text) {
    assertThatThrownBy(() -> test.jar.load(new StringReader(text)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("not a saved cookie jar")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void aJarWithoutCookiesSavesAndLoadsNothing() throws IOException {
    StringWriter out = new StringWriter();
    CookieJar.none().save(out, CookieJar.Keep.ALL);
    assertThat(out).hasToString(CookieFile.FIRST_LINE + "\n");
    CookieJar.none().load(new StringReader(CookieFile.FIRST_LINE + "\n" + GOOD));
    assertThat(CookieJar.none().header(URI.create("https://a.example/"))).isEmpty();
  }

  private String saved(CookieJar.Keep keep) throws IOException {
    StringWriter out = new StringWriter();
    test.jar.save(out, keep);
    return out.toString();
  }
}
