package org.sessionregistry.config;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.settings.CookieJarSettings;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.DataSize;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.KeyStoreSettings;
import org.sessionregistry.settings.LeakDetection;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.QueueSettings;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.UnknownKeys;

/** What is read when nothing is wrong, through two implementations of MicroProfile Config. */
class ReadingTest {

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void everyKindOfSettingIsRead(Given.By implementation) {
    Path trust = Path.of(TlsMaterial.in(directory).file("trust.p12"));
    SessionSettings github =
        Given.by(implementation)
            .source(
                "application.properties",
                100,
                "client-session.github.base-url",
                "https://api.github.com",
                "client-session.github.headers.Accept",
                "application/json",
                "client-session.github.headers-anywhere",
                " Accept ,",
                "client-session.github.query.per_page",
                "50",
                "client-session.github.cookies.theme",
                "dark",
                "client-session.github.user-agent",
                "demo/1",
                "client-session.github.timeout.total",
                "10s",
                "client-session.github.timeout.tls-handshake",
                "PT2.5S",
                "client-session.github.pool.max-connections",
                "9",
                "client-session.github.pool.keep-alive",
                "250ms",
                "client-session.github.queue.max-size",
                "7",
                "client-session.github.queue.max-size-per-tenant",
                "5",
                "client-session.github.http-version",
                "2",
                "client-session.github.unix-socket",
                "/run/github.sock",
                "client-session.github.cookie-jar.accept-ip-hosts",
                "true",
                "client-session.github.limits.buffered-body",
                "1GiB",
                "client-session.github.tls.trust-store.path",
                trust.toString(),
                "client-session.github.tls.trust-store.password",
                "s3cret")
            .session("github");
    assertThat(github)
        .isEqualTo(
            SessionSettings.builder("github")
                .baseUrl(URI.create("https://api.github.com"))
                .header("Accept", "application/json")
                .headerAnywhere("Accept")
                .query("per_page", "50")
                .cookie("theme", "dark")
                .userAgent("demo/1")
                .timeout(t -> t.withTotal(ofSeconds(10)).withTlsHandshake(ofMillis(2500)))
                .pool(p -> p.withMaxConnections(9).withKeepAlive(ofMillis(250)))
                .queue(QueueSettings.ofMaxSize(7).withMaxSizePerTenant(5))
                .httpVersion(HttpVersionPreference.HTTP_2)
                .unixSocket(Path.of("/run/github.sock"))
                .cookieJar(c -> c.withAcceptIpHosts(true))
                .limits(l -> l.withBufferedBody(new DataSize(1L << 30)))
                .tls(t -> t.withTrustStore(KeyStoreSettings.pkcs12(trust, "s3cret")))
                .build());
  }

  @Test
  void aSettingMayDependOnOneThatComesLater() {
    assertThat(
            Given.properties(
                    "client-session.a.base-url",
                    "http://127.0.0.1/",
                    "client-session.a.cookies.theme",
                    "dark",
                    "client-session.a.cookie-jar.accept-ip-hosts",
                    "true")
                .session("a")
                .cookies())
        .containsEntry("theme", "dark");
  }

  @Test
  void aGroupsOwnKeyIsASettingToo() {
    assertThat(Given.properties("client-session.a.cookie-jar", "none").session("a").cookieJar())
        .isEqualTo(CookieJarSettings.DEFAULTS.withType(CookieJarType.NONE));
  }

  @ParameterizedTest
  @CsvSource({"auto, AUTO", "1.1, HTTP_1_1", "2, HTTP_2"})
  void aVersionOfHttpIsReadAsItIsWritten(String text, HttpVersionPreference version) {
    assertThat(Given.properties("client-session.a.http-version", text).session("a").httpVersion())
        .isEqualTo(version);
  }

  @ParameterizedTest
  @EnumSource(Given.By.class)
  void limitsThatFitOnlyTogetherComeInAnyOrder(Given.By implementation) {
    assertThat(
            Given.by(implementation)
                .source(
                    "f",
                    100,
                    "client-session-defaults.pool.max-connections",
                    "20",
                    "client-session-defaults.pool.max-connections-per-host",
                    "10",
                    "client-session-defaults.pool.reserved-high",
                    "10",
                    "client-session.a.pool.max-connections",
                    "300",
                    "client-session.a.pool.max-connections-per-tenant",
                    "200",
                    "client-session.b.pool.max-connections",
                    "5",
                    "client-session.b.pool.max-connections-per-host",
                    "5",
                    "client-session.b.pool.reserved-high",
                    "1")
                .read()
                .sessions()
                .values())
        .extracting(SessionSettings::pool)
        .containsExactly(
            PoolSettings.DEFAULTS
                .withMaxConnections(300)
                .withMaxConnectionsPerHost(10)
                .withMaxConnectionsPerTenant(200)
                .withReservedHigh(10),
            PoolSettings.DEFAULTS
                .withMaxConnections(5)
                .withMaxConnectionsPerHost(5)
                .withReservedHigh(1));
  }

  @Test
  void unlimitedIsNoLimit() {
    assertThat(
            Given.properties(
                    "client-session-defaults.queue.max-size", "5",
                    "client-session.a.queue.max-size", "unlimited")
                .session("a")
                .queue()
                .maxSize())
        .isEqualTo(OptionalInt.empty());
  }

  @Test
  void theRegistrysOwnSettingsAreRead() {
    assertThat(
            Given.properties(
                    "client-session-registry.names", "a, b\\,c,,",
                    "client-session-registry.event-loops", "3",
                    "client-session-registry.max-connections", "500",
                    "client-session-registry.shutdown-timeout", "0",
                    "client-session-registry.jmx", "false",
                    "client-session-registry.leak-detection", "off",
                    "client-session-registry.unknown-keys", "warn")
                .read()
                .settings())
        .isEqualTo(
            new RegistrySettings(
                List.of("a", "b,c"),
                3,
                500,
                Duration.ZERO,
                UnknownKeys.WARN,
                LeakDetection.OFF,
                false,
                Duration.ZERO));
  }

  @Test
  void withoutAnyKeyThereAreOnlyDefaults() {
    ConfiguredRegistry nothing = Given.properties("unrelated", "1").read();
    assertThat(nothing)
        .isEqualTo(
            new ConfiguredRegistry(RegistrySettings.DEFAULTS, Map.of(), Map.of(), List.of()));
  }

  @Test
  void anEmptyValueCountsAsNotSet() {
    SessionSettings a =
        Given.properties(
                "client-session-defaults.timeout.total", "7s",
                "client-session.a.timeout.total", "",
                "client-session.a.base-url", "",
                "client-session.a.headers.X-Empty", "")
            .session("a");
    assertThat(a.timeout().total()).isEqualTo(ofSeconds(7));
    assertThat(a.baseUrl()).isEmpty();
    assertThat(a.headers()).isEmpty();
  }

  @Test
  void aHeadersEntryMayBeQuoted() {
    assertThat(
            Given.properties(
                    "client-session.a.headers.\"X.Y\"", "1", "client-session.a.query.x.y", "2")
                .session("a"))
        .satisfies(a -> assertThat(a.headers()).containsExactly(Map.entry("X.Y", "1")))
        .satisfies(a -> assertThat(a.query()).containsExactly(Map.entry("x.y", "2")));
  }

  @Test
  void sessionsComeInTheOrderOfTheirNamesAndCannotBeChanged() {
    Map<String, SessionSettings> sessions =
        Given.properties("client-session.b.user-agent", "x", "client-session.a.user-agent", "x")
            .read()
            .sessions();
    assertThat(sessions.keySet()).containsExactly("a", "b");
    assertThatThrownBy(sessions::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theSameSpellingInSeveralSourcesIsOneHeader() {
    assertThat(
            Given.properties(
                    "client-session-defaults.headers.accept",
                    "a/b",
                    "client-session.s.headers.Accept",
                    "c/d")
                .session("s")
                .headers())
        .containsExactly(Map.entry("Accept", "c/d"));
  }

  @Test
  void injectedNamesThatCannotExistAreLeftToWhoeverInjectsThem() {
    assertThat(SessionConfig.read(new BookConfig(List.of(), "prod"), Set.of("", "a\"b")).sessions())
        .isEmpty();
    assertThat(Optional.ofNullable(Given.properties().read("github").sessions().get("github")))
        .isEmpty();
  }
}
