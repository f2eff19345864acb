package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.connector.Route;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

class TargetsTest {
  private final Targets api = targets(session().baseUrl("https://api.example/v1/"));
  private final Targets anywhere = targets(session());

  @ParameterizedTest(name = "{0} asks for {1}")
  @CsvSource({
    "/, /",
    "/users, /users",
    "/users?a=b, /users?a=b",
    "/a%20b, /a%20b",
    "/a/../b, /b",
    "/.well-known/x, /.well-known/x",
    "users, /v1/users",
    "'', /v1/",
    "?q, /v1/?q",
    "../users, /users",
    "/users#top, /users",
    "/?, /?",
    "/ü, /%C3%BC",
    "/a%2Fb%25?c=%26, /a%2Fb%25?c=%26", // RFC 3986 section 2.4: never encoded twice
    "/a%2Fü?%2F=ü, /a%2F%C3%BC?%2F=%C3%BC",
    "/x?q=€, /x?q=%E2%82%AC",
    "https://api.example, /",
    "https://api.example?q, /?q",
    "HTTPS://API.EXAMPLE:443/x, /x",
  })
  void aReferenceOfTheBasesOriginAsksThereForPathAndQuery(String reference, String asked) {
    Target target = api.of(reference);
    assertThat(target.requestTarget()).isEqualTo(asked);
    assertThat(target.route()).isEqualTo(new Route("https", "api.example", 443));
    assertThat(target.ofBase()).isTrue();
  }

  @ParameterizedTest(name = "{0} goes to {1}://{2}:{3}")
  @CsvSource({
    "http://api.example/, http, api.example, 80",
    "https://api.example:8443/, https, api.example, 8443",
    "https://other.example/, https, other.example, 443",
    "//other.example/x, https, other.example, 443",
    "http://[::1]:8080/, http, ::1, 8080",
    "http://127.0.0.1/, http, 127.0.0.1, 80",
    // RFC 3987 section 3.1, RFC 3490: international names
    "https://bücher.example/ü, https, xn--bcher-kva.example, 443",
    "//BÜCHER.example:8080?ü, https, xn--bcher-kva.example, 8080",
    "http://例え。テスト, http, xn--r8jz45g.xn--zckzah, 80",
  })
  void anotherOriginIsNotOfTheBase(String reference, String scheme, String host, int port) {
    Target target = api.of(reference);
    assertThat(target.route()).isEqualTo(new Route(scheme, host, port));
    assertThat(target.ofBase()).isFalse();
  }

  @Test
  void withoutABaseEveryOriginIsTheSessions() {
    assertThat(anywhere.of("http://any.example/").ofBase()).isTrue();
    assertThat(anywhere.baseRoute()).isNull();
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource({
    "/a?b#c, https://api.example/a?b#c",
    "x, https://api.example/v1/x",
    "HTTP://Other.Example:80, http://other.example/",
    "http://[::1]:8080/x, http://[::1]:8080/x",
    "//o//p, https://o//p",
  })
  void theUriIsAbsoluteNormalisedAndKeepsTheFragment(String reference, String uri) {
    assertThat(api.of(reference).uri()).isEqualTo(URI.create(uri));
  }

  // ---- the session's query --------------------------------------------------------------------

  @ParameterizedTest(name = "{0} asks for {1}")
  @CsvSource({
    "/x, /x?key=a%26b&n=%C3%BC%20%2B",
    "/x?y, /x?y&key=a%26b&n=%C3%BC%20%2B",
    "x/../y#f, /y?key=a%26b&n=%C3%BC%20%2B",
    "http://b/x, /x?key=a%26b&n=%C3%BC%20%2B",
    "http://other/x, /x",
  })
  void theSessionsQueryIsAddedForItsOwnOriginOnly(String reference, String asked) {
    Targets targets = targets(session().baseUrl("http://b/").query("key", "a&b").query("n", "ü +"));
    assertThat(targets.of(reference).requestTarget()).isEqualTo(asked);
  }

  // ---- what is refused ------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"/x", "x", "", "?q", "#f", "//host/x"})
  void aRelativeReferenceNeedsABase(String reference) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> anywhere.of(reference))
        .withMessageContaining("client-session.crm.base-url");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "ftp://a/, the scheme 'ftp'",
    "mailto:a@b, the scheme 'mailto'",
    "g:h, the scheme 'g'",
    "http:g, no valid host",
    "http:///x, no valid host",
    "http://, not a URI",
    "http://a_b/, no valid host",
    "http://ü..example/, cannot be a name",
    "http://ü\u007f.example/, not a URI",
    "http://a:x/, no valid host",
    "http://a:0/, a port outside",
    "http://a:65536/, a port outside",
    "/a b, not a URI",
    "/%, not a URI",
    "/%0, not a URI",
    "/%zz, not a URI",
    "/{x}, not a URI",
    "/a\\b, not a URI",
    "'/a\r\nX: y', not a URI",
    "'/a\u007f', not a URI",
  })
  void whatCannotBeAskedForIsRefusedWithTheReason(String reference, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> api.of(reference))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://u:s3cr3t@a/", "//s3cr3t@a/", "https://u:s3cr3t@api.example/"})
  void credentialsInAUriAreRefusedAndNotRepeated(String reference) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> api.of(reference))
        .withMessageContaining("user name or password")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t"));
  }

  // ---- invariants -----------------------------------------------------------------------------

  @Test
  void whateverTheReferenceTheTargetCanStandInARequestOrItIsRefused() {
    Random random = new Random(20260102);
    String[] pieces = {
      "/",
      "//",
      ".",
      "..",
      "a",
      "b.c",
      "?",
      "#",
      "&",
      "=",
      "%20",
      "%2f",
      "%",
      ":",
      "@",
      "[",
      "]",
      "::1",
      "http:",
      "https://",
      "api.example",
      ":443",
      "ü",
      "€",
      " ",
      "\r\n",
      "\t",
      "\0",
      "{",
      "}",
      "\\",
      "|",
      "^",
      "\"",
      "<",
      "'",
      ";",
      ",",
      "+",
      "*",
      "~",
      "\ud83d\ude00",
      "\u00a0",
      "\u2028"
    };
    int accepted = 0;
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "/" : "");
      for (int n = random.nextInt(7); n > 0; n--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      String reference = text.toString();
      Target target;
      try {
        target = api.of(reference);
      } catch (IllegalArgumentException refused) {
        continue;
      }
      accepted++;
      assertThat(target.requestTarget()).as(reference).matches("/[!-~]*").doesNotContain("#");
      assertThat(target.uri().getHost()).as(reference).isNotEmpty();
    }
    assertThat(accepted).isGreaterThan(5_000);
  }

  @Test
  void theShortWayAndTheLongWayLeadToTheSamePlace() {
    Random random = new Random(20260103);
    String plain = "azAZ09-._~!$&'()*+,;=:@/?";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("/x");
      for (int n = random.nextInt(12); n > 0; n--) {
        text.append(plain.charAt(random.nextInt(plain.length())));
      }
      String path = text.toString();
      Target direct = api.of(path);
      Target resolved = api.of(path + "#fragment"); // a fragment is never plain
      assertThat(direct.requestTarget()).isEqualTo(resolved.requestTarget());
      assertThat(resolved.uri()).isEqualTo(URI.create(direct.uri() + "#fragment"));
    }
  }

  private static SessionSettingsBuilder session() {
    return SessionSettings.builder("crm");
  }

  private static Targets targets(SessionSettingsBuilder settings) {
    return new Targets(settings.build());
  }
}
