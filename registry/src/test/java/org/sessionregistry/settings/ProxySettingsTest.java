package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy is told by, and which settings contradict each other. */
class ProxySettingsTest {
  private static final ProxySettings NONE = ProxySettings.DEFAULTS;
  private static final ProxySettings HTTP = NONE.withUrl(URI.create("http://proxy.example:3128"));
  private static final ProxySettings SOCKS = NONE.withUrl(URI.create("socks5://proxy.example"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://proxy",
        "HTTP://Proxy.example:3128/",
        "https://proxy.example",
        "socks5://[::1]:1080",
        "http://127.0.0.1:8080"
      })
  void aProxyHasASchemeAndAHost(String url) {
    assertThat(NONE.withUrl(URI.create(url)).url()).contains(URI.create(url));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "proxy.example, 'a URL with http, https or socks5'",
    "proxy:3128, 'a URL with http, https or socks5'",
    "socks4://proxy, 'a URL with http, https or socks5'",
    "ftp://proxy, 'a URL with http, https or socks5'",
    "http:///x, a URL with a host name",
    "http://my_proxy:3128, a URL with a host name",
    "http://proxy:0, a port",
    "http://proxy:65536, a port",
    "http://proxy/path, 'a URL of scheme, host and port only'",
    "http://proxy?q, 'a URL of scheme, host and port only'",
    "http://proxy#f, 'a URL of scheme, host and port only'",
  })
  void anyOtherUrlIsRefused(String url, String expected) {
    assertRefused(() -> NONE.withUrl(URI.create(url)), "proxy.url", expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://user:s3cr3t@proxy:3128", "socks5://s3cr3t@proxy"})
  void credentialsInTheUrlAreRefusedAndNotShown(String url) {
    assertRefused(() -> NONE.withUrl(URI.create(url)), "proxy.url", "set proxy.username");
  }

  static Stream<Arguments> contradictions() {
    String long256 = "x".repeat(256);
    return Stream.of(
        row("proxy.username", "a proxy.url beside it", () -> NONE.withCredentials("u", "s3cr3t")),
        row("proxy.username", "not empty", () -> HTTP.withCredentials("", "s3cr3t")),
        row("proxy.username", "RFC 7617", () -> HTTP.withCredentials("a:b", "s3cr3t")),
        row("proxy.username", "RFC 7617", () -> HTTP.withCredentials("a\r\nb", "s3cr3t")),
        row("proxy.username", "RFC 1929", () -> SOCKS.withCredentials(long256, "s3cr3t")),
        row("proxy.password", "RFC 1929", () -> SOCKS.withCredentials("u", "s3cr3t" + long256)),
        row("proxy.password", "RFC 7617", () -> HTTP.withCredentials("u", "s3cr3t\n")),
        row("proxy.headers.A", "a proxy.url beside it", () -> NONE.withHeader("A", "s3cr3t")),
        row("proxy.headers.A", "socks5", () -> SOCKS.withHeader("A", "s3cr3t")),
        row("proxy.headers.A", "without CR", () -> HTTP.withHeader("A", "b\r\nc")),
        row("proxy.headers.Host", "another header", () -> HTTP.withHeader("Host", "b")),
        row("proxy.headers.Connection", "another header", () -> HTTP.withHeader("Connection", "x")),
        row("proxy.headers.A b", "a header name", () -> HTTP.withHeader("A b", "c")),
        row(
            "proxy.headers.Proxy-Authorization",
            "either this header or proxy.username",
            () -> HTTP.withCredentials("u", "s3cr3t").withHeader("Proxy-Authorization", "s3cr3t")),
        row("proxy.exclude", "host names", () -> HTTP.withExclude(List.of("a", "10.0.0.0/33"))),
        row(
            "proxy.from-environment",
            "either proxy.from-environment or proxy.url",
            () -> HTTP.withFromEnvironment(true)));
  }

  private static Arguments row(String key, String expected, Runnable making) {
    return Arguments.of(key, expected, making);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("contradictions")
  void whatContradictsItselfIsRefused(String key, String expected, Runnable making) {
    assertRefused(making, key, expected);
  }

  @Test
  void aPasswordNeedsAUser() {
    assertRefused(
        () ->
            new ProxySettings(
                HTTP.url(),
                Optional.empty(),
                Optional.of(new Secret("s3cr3t")),
                Map.of(),
                List.of(),
                false),
        "proxy.password",
        "a proxy.username beside it");
  }

  @Test
  void credentialsMayGoWithTheEnvironmentsProxy() {
    assertThat(NONE.withFromEnvironment(true).withCredentials("u", "p").username()).contains("u");
  }

  static Stream<Arguments> withoutAddress() {
    return Stream.of(
        beside("proxy.url", s -> s.proxy("http://proxy")),
        beside("proxy.from-environment", s -> s.proxy(p -> p.withFromEnvironment(true))),
        beside("egress.allow", s -> s.egress(e -> e.withAllow(List.of("a")))),
        beside("egress.deny", s -> s.egress(e -> e.withDeny(List.of("private")))));
  }

  private static Arguments beside(String key, UnaryOperator<SessionSettingsBuilder> change) {
    return Arguments.of(key, change);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("withoutAddress")
  void aUnixSocketHasNoneOfThem(String key, UnaryOperator<SessionSettingsBuilder> change) {
    assertRefused(
        () -> change.apply(SessionSettings.builder("a").unixSocket(Path.of("/run/a.sock"))).build(),
        key,
        "either " + key + " or unix-socket");
  }

  @Test
  void credentialsForTheProxyAreNoHeaderForServers() {
    assertRefused(
        () ->
            SessionSettings.builder("a")
                .proxy("http://proxy")
                .header("proxy-authorization", "s3cr3t")
                .build(),
        "headers.proxy-authorization",
        "proxy.username or proxy.headers.Proxy-Authorization instead");
  }

  @Test
  void theTextFormShowsNoSecret() {
    assertThat(HTTP.withCredentials("agent", "s3cr3t").withHeader("X-Key", "s3cr3t"))
        .asString()
        .contains("http://proxy.example:3128", "agent", "X-Key")
        .doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", "http://a", "10.0.0.0/99"})
  void egressRulesArePatternsOfHosts(String entry) {
    EgressSettings none = EgressSettings.DEFAULTS;
    assertRefused(() -> none.withAllow(List.of(entry)), "egress.allow", "host names");
    assertRefused(() -> none.withDeny(List.of("private", entry)), "egress.deny", "host names");
  }

  private static void assertRefused(Runnable making, String key, String expected) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(making::run)
        .returns(key, InvalidSettingException::key)
        .satisfies(e -> assertThat(e.expected()).contains(expected))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t", "\n"));
  }
}
