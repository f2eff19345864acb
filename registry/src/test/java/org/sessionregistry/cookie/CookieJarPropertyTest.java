package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for any sequence of responses; each row is the seed of one. */
class CookieJarPropertyTest {
  private static final List<String> HOSTS =
      List.of("example.com", "a.example.com", "b.a.example.com", "c.example", "co.uk", "x.co.uk");
  private static final List<String> PATHS = List.of("/", "/x", "/x/y", "/x/y/", "/xy", "");
  private static final List<String> WORDS =
      List.of(
          "a",
          "b",
          "=",
          ";",
          " ",
          "\t",
          "__Host-",
          "__secure-",
          "Domain=",
          "Path=",
          "/",
          "/x",
          ".",
          "com",
          "example.com",
          "co.uk",
          "Secure",
          "HttpOnly",
          "SameSite=None",
          "Max-Age=",
          "0",
          "9",
          "-",
          "Expires=",
          "1 Jan 2027 1:1:1",
          "\u00e9",
          "\u0100",
          "\r\n",
          "[::1]");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void aHeaderHoldsWhatTheDefinitionSays(long seed) {
    Random random = new Random(seed);
    TestJar test = TestJar.create();
    for (int i = 0; i < 400; i++) {
      test.received(uri(random), cookie(random));
      test.after(Duration.ofMillis(random.nextInt(1500)));
      URI request = URI.create(uri(random));
      assertThat(test.jar.header(request)).isEqualTo(expected(test, request));
      assertThat(test.jar.header(origin(request), target(request)))
          .isEqualTo(test.jar.header(request));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void noFieldThrowsAndNothingHarmfulIsSent(long seed) {
    Random random = new Random(seed);
    TestJar test = TestJar.withIpHosts();
    for (int i = 0; i < 20_000; i++) {
      StringBuilder field = new StringBuilder();
      for (int words = random.nextInt(12); words > 0; words--) {
        field.append(pick(WORDS, random));
      }
      String uri = random.nextInt(9) == 0 ? "https://[::1]/" : uri(random);
      test.received(uri, field.toString());
      assertThat(test.header(uri)).doesNotContain("\r", "\n", "\u0100");
    }
    assertThat(test.jar.cookies()).isNotEmpty().hasSizeLessThanOrEqualTo(180 * HOSTS.size() + 180);
  }

  /** §5.8.3, word for word, over all cookies. */
  private static URI origin(URI uri) {
    return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
  }

  private static String target(URI uri) {
    return (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath()) + "?a=/x/y";
  }

  private static String expected(TestJar test, URI request) {
    String host = request.getHost();
    String path = request.getPath().isEmpty() ? "/" : request.getPath();
    return test.jar.cookies().stream()
        .filter(c -> c.hostOnly() ? c.domain().equals(host) : DomainMatch.matches(host, c.domain()))
        .filter(c -> PathMatch.matches(path, c.path()))
        .filter(c -> !c.secure() || request.getScheme().equals("https"))
        .sorted(
            Comparator.comparingInt((Cookie c) -> -c.path().length())
                .thenComparing(Cookie::created))
        .map(c -> c.name() + "=" + c.value())
        .collect(Collectors.joining("; "));
  }

  private static String uri(Random random) {
    return (random.nextBoolean() ? "https://" : "http://")
        + pick(HOSTS, random)
        + pick(PATHS, random);
  }

  private static String cookie(Random random) {
    return pick(List.of("a", "b", "c", "d"), random)
        + "="
        + random.nextInt(100)
        + (random.nextInt(3) == 0 ? "; Secure" : "")
        + (random.nextInt(3) == 0 ? "; Path=" + pick(PATHS, random) : "")
        + (random.nextInt(2) == 0 ? "; Domain=" + pick(HOSTS, random) : "")
        + (random.nextInt(4) == 0 ? "; Max-Age=" + random.nextInt(20) : "");
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
