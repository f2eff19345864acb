package org.sessionregistry.cookie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CookieTest {
  private static final URI SITE = URI.create("https://Www.Example.com:8443/a/b");
  private static final Cookie COOKIE = Cookie.forHost(SITE, "name", "s3cret", TestJar.START);

  @Test
  void aCookieForAHostIsForThatHostAlone() {
    assertThat(COOKIE.domain()).isEqualTo("www.example.com");
    assertThat(COOKIE.hostOnly()).isTrue();
    assertThat(COOKIE.path()).isEqualTo("/");
    assertThat(COOKIE.secure()).isTrue();
    assertThat(COOKIE.persistent()).isFalse();
    assertThat(COOKIE.httpOnly()).isFalse();
    assertThat(COOKIE.created()).isEqualTo(TestJar.START);
    assertThat(Cookie.forHost(URI.create("http://a.example"), "a", "b", TestJar.START).secure())
        .isFalse();
    assertThatThrownBy(() -> Cookie.forHost(URI.create("/x"), "a", "s3cret", TestJar.START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void theTextNeverShowsTheValue() {
    Cookie cookie =
        TestJar.create()
            .received(
                "https://www.example.com/",
                "name=s3cret; Max-Age=60; Secure; HttpOnly; SameSite=Lax; Domain=example.com")
            .only();
    assertThat(cookie)
        .hasToString(
            "name=***; Domain=example.com; Path=/; Expires=2026-01-15T12:01:00Z; Secure; HttpOnly;"
                + " SameSite=LAX");
    assertThat(COOKIE).hasToString("name=***; Host=www.example.com; Path=/; Secure");
    assertThat(Cookie.forHost(SITE, "", "s3cret", TestJar.START).withSecure(false))
        .hasToString("(nameless)=***; Host=www.example.com; Path=/");
  }

  @Test
  void aCookieIsChangedByCopy() {
    Cookie changed =
        COOKIE
            .withValue("other")
            .withDomain("EXAMPLE.com")
            .withPath("/x")
            .withExpires(TestJar.START)
            .withSecure(false)
            .withCreated(TestJar.START.minusSeconds(1));
    assertThat(changed.value()).isEqualTo("other");
    assertThat(changed.domain()).isEqualTo("example.com");
    assertThat(changed.hostOnly()).isFalse();
    assertThat(changed.path()).isEqualTo("/x");
    assertThat(changed.expires()).contains(TestJar.START);
    assertThat(changed.secure()).isFalse();
    assertThat(changed.created()).isEqualTo(TestJar.START.minusSeconds(1));
    assertThat(COOKIE.value()).isEqualTo("s3cret");
  }

  @Test
  void aCookieEndsAtItsEnd() {
    Cookie ending = COOKIE.withExpires(TestJar.START);
    assertThat(ending.expired(TestJar.START.minusNanos(1))).isFalse();
    assertThat(ending.expired(TestJar.START)).isTrue();
    assertThat(COOKIE.expired(TestJar.START)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\u0000", "\u007f", ";", "\u0100", "\u560a", "\u560d"})
  void nothingThatEndsAFieldOrAPairIsAccepted(String bad) {
    refused(() -> COOKIE.withValue("s3cret" + bad + "x"));
    refused(() -> Cookie.forHost(SITE, "na" + bad + "me", "s3cret", TestJar.START));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "x/", "/\r", "/\n", "/\u0100"})
  void aBadPathIsRefused(String path) {
    refused(() -> COOKIE.withPath(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".example.com", "a..b", "a b", "a/b", "127.0.0.1", "[::1]", "a\r\n"})
  void aBadDomainIsRefused(String domain) {
    refused(() -> COOKIE.withDomain(domain));
  }

  @Test
  void aNameThatWouldBeReadAsAnotherIsRefused() {
    refused(() -> Cookie.forHost(SITE, "a=b", "s3cret", TestJar.START));
    refused(() -> Cookie.forHost(SITE, "", "", TestJar.START));
  }

  @Test
  void nameAndValueHaveAtMost4096Octets() {
    assertThat(COOKIE.withValue("x".repeat(4092)).value()).hasSize(4092);
    refused(() -> COOKIE.withValue("x".repeat(4093)));
  }

  @Test
  void aRefusalSaysWhichRuleWasBroken() {
    Instant now = TestJar.START;
    assertThatThrownBy(() -> Cookie.forHost(SITE, "", "", now)).hasMessageContaining("neither");
    assertThatThrownBy(() -> COOKIE.withValue("x".repeat(4093))).hasMessageContaining("4096");
    assertThatThrownBy(() -> COOKIE.withValue("\n")).hasMessageContaining("'name'");
    assertThatThrownBy(() -> Cookie.forHost(SITE, "__Host-a", "", now).withPath("/x"))
        .hasMessageContaining("'__Host-a' has a __Host- name");
    Cookie anywhere =
        TestJar.create().received("https://a.example/", "a=b; Secure; SameSite=None").only();
    assertThatThrownBy(() -> anywhere.withSecure(false)).hasMessageContaining("SameSite=None");
  }

  @Test
  void aPrefixedNameKeepsItsPromise() {
    Cookie host = Cookie.forHost(SITE, "__Host-a", "s3cret", TestJar.START);
    refused(() -> host.withPath("/x"));
    refused(() -> host.withDomain("example.com"));
    refused(() -> host.withSecure(false));
    Cookie secure = Cookie.forHost(SITE, "__secure-a", "s3cret", TestJar.START);
    assertThat(secure.withPath("/x").withDomain("example.com").secure()).isTrue();
    refused(() -> secure.withSecure(false));
    refused(() -> Cookie.forHost(SITE, "", "__Host-s3cret", TestJar.START));
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
  }
}
