package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageModelTest {
  private final TestJar test = TestJar.create();

  @ParameterizedTest(name = "§5.7 step {0}: {1} may not set [{2}]")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2     | https://www.example.com/     | =
          2     | https://www.example.com/     | ;Secure
          8     | https://www.example.com/     | a=b; Domain=exämple.com
          9     | https://www.example.com/     | a=b; Domain=com
          9     | https://www.example.com/     | a=b; Domain=.com
          9     | https://www.example.co.uk/   | a=b; Domain=co.uk
          9     | https://me.github.io/        | a=b; Domain=github.io
          9     | https://a.intranet/          | a=b; Domain=intranet
          9     | https://www.example.com./    | a=b; Domain=com.
          10    | https://www.example.com/     | a=b; Domain=other.com
          10    | https://www.example.com/     | a=b; Domain=a.www.example.com
          10    | https://www.example.com/     | a=b; Domain=ample.com
          10    | https://www.example.com/     | a=b; Domain=..example.com
          10    | https://www.example.com/     | a=b; Domain=example.com.
          10    | https://www.example.com/     | a=b; Domain=https://example.com
          10    | https://github.io/           | a=b; Domain=io
          13    | http://www.example.com/      | a=b; Secure
          13    | http://localhost/            | a=b; Secure
          19    | https://www.example.com/     | a=b; SameSite=None
          20    | https://www.example.com/     | __Secure-a=b
          20    | https://www.example.com/     | __secure-a=b; Domain=example.com
          20    | https://www.example.com/     | __SECURE-a=b; Path=/
          20    | http://www.example.com/      | __Secure-a=b; Secure
          21    | https://www.example.com/     | __Host-a=b
          21    | https://www.example.com/     | __Host-a=b; Secure
          21    | https://www.example.com/     | __host-a=b; Path=/
          21    | https://www.example.com/     | __HOST-a=b; Secure; Path=/a
          21    | https://www.example.com/     | __Host-a=b; Secure; Path=/; Domain=www.example.com
          21    | https://www.example.com/x/y  | __Host-a=b; Secure; Path=
          22    | https://www.example.com/     | =__Host-a=b; Secure; Path=/
          22    | https://www.example.com/     | =__secure-a=b; Secure; Path=/
          22    | https://www.example.com/     | __Host-a; Secure; Path=/
          22    | https://www.example.com/     | = __Host-a; Secure; Path=/
          """)
  void aServerMayNotSet(String section, String uri, String field) {
    assertThat(test.received(uri, field).jar.cookies()).as(section).isEmpty();
  }

  @ParameterizedTest(name = "§5.7 step {0}: {1} may set [{2}] for {3}, host only: {4}, path {5}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7  | https://www.example.com/     | a=b                               | www.example.com    | true  | /
          7  | https://www.example.com/     | a=b; Domain=                      | www.example.com    | true  | /
          7  | https://www.example.com/     | a=b; Domain=com; Domain=          | www.example.com    | true  | /
          9  | https://github.io/           | a=b; Domain=github.io             | github.io          | true  | /
          9  | https://intranet/            | a=b; Domain=intranet              | intranet           | true  | /
          9  | https://localhost/           | a=b; Domain=localhost             | localhost          | true  | /
          10 | https://www.example.com/     | a=b; Domain=example.com           | example.com        | false | /
          10 | https://www.example.com/     | a=b; Domain=.Example.COM          | example.com        | false | /
          10 | https://WWW.Example.com/     | a=b; Domain=www.example.com       | www.example.com    | false | /
          10 | https://a.b.example.com/     | a=b; Domain=example.com           | example.com        | false | /
          10 | https://x.me.github.io/      | a=b; Domain=me.github.io          | me.github.io       | false | /
          10 | https://www.example.com./    | a=b; Domain=example.com.          | example.com.       | false | /
          10 | https://a.bücher.example/    | a=b; Domain=xn--bcher-kva.example | xn--bcher-kva.example | false | /
          10 | http://my_service/           | a=b                               | my_service         | true  | /
          11 | https://www.example.com/x/y  | a=b                               | www.example.com    | true  | /x
          11 | https://www.example.com/x/y  | a=b; Path=z                       | www.example.com    | true  | /x
          11 | https://www.example.com/x/y  | a=b; Path=/z                      | www.example.com    | true  | /z
          11 | https://www.example.com?a/b  | a=b                               | www.example.com    | true  | /
          12 | https://www.example.com/     | a=b; Secure                       | www.example.com    | true  | /
          12 | wss://www.example.com/       | a=b; Secure                       | www.example.com    | true  | /
          19 | https://www.example.com/     | a=b; Secure; SameSite=None        | www.example.com    | true  | /
          20 | https://www.example.com/     | __Secure-a=b; Secure; Domain=example.com | example.com | false | /
          20 | https://www.example.com/x/y  | __secure-a=b; Secure              | www.example.com    | true  | /x
          20 | https://www.example.com/     | __Secure=b                        | www.example.com    | true  | /
          20 | https://www.example.com/     | a__Secure-=b                      | www.example.com    | true  | /
          21 | https://www.example.com/x/y  | __Host-a=b; Secure; Path=/        | www.example.com    | true  | /
          21 | https://www.example.com/x    | __Host-a=b; Secure; Path=         | www.example.com    | true  | /
          21 | https://github.io/           | __Host-a=b; Secure; Path=/; Domain=github.io | github.io | true | /
          22 | https://www.example.com/     | a=__Host-b                        | www.example.com    | true  | /
          """)
  void aServerMaySet(
      String section, String uri, String field, String domain, boolean hostOnly, String path) {
    Cookie cookie = test.received(uri, field).only();
    assertThat(cookie.domain()).as(section).isEqualTo(domain);
    assertThat(cookie.hostOnly()).isEqualTo(hostOnly);
    assertThat(cookie.path()).isEqualTo(path);
  }

  @Test
  void everythingThatIsKeptIsKept() {
    Cookie cookie =
        test.received(
                "https://example.com/",
                "a=b; Max-Age=60; Secure; HttpOnly; SameSite=Lax; Path=/x; Domain=example.com")
            .only();
    assertThat(cookie.name()).isEqualTo("a");
    assertThat(cookie.value()).isEqualTo("b");
    assertThat(cookie.expires()).contains(TestJar.START.plusSeconds(60));
    assertThat(cookie.persistent()).isTrue();
    assertThat(cookie.secure()).isTrue();
    assertThat(cookie.httpOnly()).isTrue();
    assertThat(cookie.sameSite()).isEqualTo(SameSite.LAX);
    assertThat(cookie.created()).isEqualTo(TestJar.START);
  }

  @Test
  void publicSuffixesAreRefusedOnlyWhenAskedFor() {
    TestJar open = TestJar.withoutPublicSuffixes();
    open.received("https://a.intranet/", "a=b; Domain=intranet");
    assertThat(open.only().hostOnly()).isFalse();
    assertThat(open.header("https://b.intranet/")).isEqualTo("a=b");
  }

  @Test
  void aUriWithoutHostHasNoCookies() {
    test.received("/relative", "a=b").received("mailto:a@example.com", "a=b");
    assertThat(test.jar.cookies()).isEmpty();
    assertThat(test.header("/relative")).isEmpty();
    assertThat(test.jar.matching(URI.create("/relative"))).isEmpty();
  }

  @Test
  void aReplacementKeepsTheTimeOfCreation() { // §5.7 step 23
    test.received("https://example.com/", "a=1").after(Duration.ofMinutes(1));
    test.received("https://example.com/", "a=2; HttpOnly");
    assertThat(test.only().value()).isEqualTo("2");
    assertThat(test.only().httpOnly()).isTrue();
    assertThat(test.only().created()).isEqualTo(TestJar.START);
  }

  @Test
  void onlyTheSameNameDomainScopeAndPathReplace() { // §5.7 step 23
    test.received("https://example.com/", "a=1", "A=2", "a=3; Path=/x");
    test.received("https://example.com/", "a=4; Domain=example.com");
    test.received("https://www.example.com/", "a=5");
    assertThat(test.jar.cookies())
        .extracting(Cookie::value)
        .containsExactlyInAnyOrder("1", "2", "3", "4", "5");
  }

  @Test
  void aCookieThatHasEndedRemovesTheOneItReplaces() {
    test.received("https://example.com/", "a=1", "b=2")
        .received("https://example.com/", "a=;Max-Age=0");
    assertThat(test.header("https://example.com/")).isEqualTo("b=2");
    test.received("https://example.com/", "b=; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
    assertThat(test.jar.cookies()).isEmpty();
    test.received("https://unknown.example/", "b=; Max-Age=0");
    assertThat(test.jar.cookies()).isEmpty();
  }

  @Test
  void aCookieEndsAtItsEnd() { // §5.7
    test.received("https://example.com/", "a=1; Max-Age=60", "b=2; Max-Age=120", "c=3");
    test.after(Duration.ofMillis(59_999));
    assertThat(test.header("https://example.com/")).isEqualTo("a=1; b=2; c=3");
    test.after(Duration.ofMillis(1));
    assertThat(test.header("https://example.com/")).isEqualTo("b=2; c=3");
    assertThat(test.names()).containsExactly("b", "c");
    test.after(Duration.ofSeconds(60));
    assertThat(test.names()).containsExactly("c");
  }

  @Test
  void anAddressHasNoCookiesUnlessAllowed() {
    test.received("http://127.0.0.1/", "a=b").received("http://[::1]/", "a=b");
    assertThat(test.jar.cookies()).isEmpty();
    URI uri = URI.create("http://127.0.0.1/");
    assertThatThrownBy(() -> test.jar.put(Cookie.forHost(uri, "a", "b", TestJar.START)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("accept-ip-hosts");
  }

  @Test
  void anAllowedAddressHasCookiesForItselfAlone() { // §5.1.3
    TestJar ips = TestJar.withIpHosts();
    ips.received("http://127.0.0.1/", "a=1; Domain=127.0.0.1", "b=2", "c=3; Domain=0.0.1");
    ips.received("http://[::1]/", "d=4", "e=5; Domain=[::1]");
    assertThat(ips.jar.cookies()).allMatch(Cookie::hostOnly);
    assertThat(ips.header("http://127.0.0.1:8080/x")).isEqualTo("a=1; b=2");
    assertThat(ips.header("http://[::1]/")).isEqualTo("d=4; e=5");
    assertThat(ips.header("http://1.127.0.0.1/")).isEmpty();
    ips.jar.put(Cookie.forHost(URI.create("http://10.0.0.1/"), "f", "6", TestJar.START));
    assertThat(ips.header("http://10.0.0.1/")).isEqualTo("f=6");
  }

  @Test
  void anApplicationMayNotPutACookieForAPublicSuffix() {
    Cookie cookie = Cookie.forHost(URI.create("https://co.uk/"), "a", "hidden", TestJar.START);
    test.jar.put(cookie);
    assertThatThrownBy(() -> test.jar.put(cookie.withDomain("co.uk")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a'")
        .hasMessageContaining("co.uk")
        .hasMessageNotContaining("hidden");
    TestJar.withoutPublicSuffixes().jar.put(cookie.withDomain("co.uk"));
  }

  @Test
  void anApplicationsCookieLivesNoLongerThan400Days() { // §5.5
    Cookie cookie = Cookie.forHost(URI.create("https://a.example/"), "a", "b", TestJar.START);
    test.jar.put(cookie.withExpires(TestJar.START.plus(Duration.ofDays(4000))));
    assertThat(test.only().expires()).contains(TestJar.START.plus(Duration.ofDays(400)));
  }

  @Test
  void cookiesAreRemovedOneByOneOrTogether() {
    test.received("https://example.com/", "a=1", "b=2; Max-Age=9", "c=3");
    test.jar.remove(test.jar.cookies().get(0).withValue("whatever"));
    assertThat(test.names()).containsExactly("b", "c");
    test.jar.removeIf(cookie -> !cookie.persistent());
    assertThat(test.names()).containsExactly("b");
    test.jar.remove(Cookie.forHost(URI.create("https://x.example/"), "b", "", TestJar.START));
    assertThat(test.names()).containsExactly("b");
    test.jar.clear();
    assertThat(test.jar.cookies()).isEmpty();
    assertThat(test.header("https://example.com/")).isEmpty();
    test.received("https://example.com/", "a=1");
    assertThat(test.header("https://example.com/")).isEqualTo("a=1");
  }

  @Test
  void cookiesAreListedByDomain() {
    test.received("https://b.example/", "1=", "2=; Path=/x").received("https://a.example/", "3=");
    assertThat(test.names()).containsExactly("3", "2", "1");
  }

  @Test
  void theJarThatKeepsNothingKeepsNothing() {
    CookieJar none = CookieJar.none();
    URI uri = URI.create("https://a.example/");
    none.store(uri, List.of("a=b"));
    Cookie cookie = Cookie.forHost(uri, "a", "b", TestJar.START);
    none.put(cookie);
    none.remove(cookie);
    none.clear();
    assertThat(none.header(uri)).isEmpty();
    assertThat(none.matching(uri)).isEmpty();
    assertThat(none.cookies()).isEmpty();
  }
}
