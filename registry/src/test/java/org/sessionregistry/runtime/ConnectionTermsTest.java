package org.sessionregistry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.egress.Proxies;
import org.sessionregistry.egress.ProxyEnvironment;
import org.sessionregistry.settings.DataSize;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** Which settings keep two sessions from using each other's connections. */
class ConnectionTermsTest {
  private static ConnectionTerms terms(String name, UnaryOperator<SessionSettingsBuilder> change) {
    SessionSettings settings = change.apply(SessionSettings.builder(name)).build();
    return ConnectionTerms.of(settings, Proxies.of(settings.proxy(), ProxyEnvironment.SYSTEM));
  }

  private static Arguments setting(String name, UnaryOperator<SessionSettingsBuilder> change) {
    return Arguments.argumentSet(name, change);
  }

  static Stream<Arguments> whatAConnectionIsOpenedWith() {
    return Stream.of(
        setting("http-version", s -> s.httpVersion(HttpVersionPreference.HTTP_1_1)),
        setting("tls.trust-pem", s -> s.tls(t -> t.withTrustPem(Path.of("ca.pem")))),
        setting(
            "tls.certificate-pem", s -> s.tls(t -> t.withCertificatePem(Path.of("client.pem")))),
        setting("tls.server-name", s -> s.tls(t -> t.withServerName("other.example"))),
        setting("dns.ttl", s -> s.dns(d -> d.withTtl(Duration.ofSeconds(1)))),
        setting("dns.hosts", s -> s.dns(d -> d.withHost("erp", "127.0.0.2"))),
        setting("proxy.url", s -> s.proxy("http://proxy")),
        setting(
            "proxy.username",
            s -> s.proxy(p -> p.withUrl(URI.create("http://proxy")).withCredentials("a", "b"))),
        setting(
            "proxy.headers",
            s -> s.proxy(p -> p.withUrl(URI.create("http://proxy")).withHeader("A", "b"))),
        setting(
            "proxy.exclude",
            s -> s.proxy(p -> p.withUrl(URI.create("http://proxy")).withExclude(List.of("erp")))),
        setting("egress.allow", s -> s.egress(e -> e.withAllow(List.of("erp")))),
        setting("egress.deny", s -> s.egress(e -> e.withDeny(List.of("private")))),
        setting("local-address", s -> s.localAddress("127.0.0.2")),
        setting("unix-socket", s -> s.unixSocket(Path.of("/run/erp.sock"))),
        setting(
            "limits.response-headers",
            s -> s.limits(l -> l.withResponseHeaders(DataSize.ofKibibytes(1)))),
        setting(
            "pool.max-streams-per-connection", s -> s.pool(p -> p.withMaxStreamsPerConnection(7))));
  }

  @ParameterizedTest
  @MethodSource("whatAConnectionIsOpenedWith")
  void whatAConnectionIsOpenedWithKeepsSessionsApart(UnaryOperator<SessionSettingsBuilder> change) {
    assertThat(terms("a", change)).isNotEqualTo(terms("b", s -> s)).isEqualTo(terms("c", change));
  }

  static Stream<Arguments> whatIsOfARequestOnly() {
    return Stream.of(
        setting("base-url", s -> s.baseUrl("https://erp.example/")),
        setting("headers", s -> s.header("Authorization", "Bearer x")),
        setting("user-agent", s -> s.userAgent("x")),
        setting("timeout.total", s -> s.timeout(Duration.ofSeconds(1))),
        setting("priority", s -> s.priority(Priority.HIGH)),
        setting("pool.warm-up", s -> s.baseUrl("http://erp/").pool(p -> p.withWarmUp(3))));
  }

  @ParameterizedTest
  @MethodSource("whatIsOfARequestOnly")
  void whatIsOfARequestOnlyDoesNot(UnaryOperator<SessionSettingsBuilder> change) {
    assertThat(terms("a", change)).isEqualTo(terms("b", s -> s));
  }

  @Test
  void namesDoNot() {
    assertThat(terms("a", s -> s))
        .isEqualTo(terms("b", s -> s))
        .hasSameHashCodeAs(terms("b", s -> s));
  }
}
