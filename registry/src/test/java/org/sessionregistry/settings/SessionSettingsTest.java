package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSettingsTest {

  // ---- defaults -------------------------------------------------------------------------------

  @Test
  void everythingHasADefault() {
    SessionSettings settings = SessionSettings.named("a");
    assertThat(settings.name()).isEqualTo("a");
    assertThat(settings.baseUrl()).isEmpty();
    assertThat(settings.headers()).isEmpty();
    assertThat(settings.headersAnywhere()).isEmpty();
    assertThat(settings.query()).isEmpty();
    assertThat(settings.cookies()).isEmpty();
    assertThat(settings.timeout()).isEqualTo(TimeoutSettings.DEFAULTS);
    assertThat(settings.pool()).isEqualTo(PoolSettings.DEFAULTS);
    assertThat(settings.queue()).isEqualTo(QueueSettings.DEFAULTS);
    assertThat(settings.priority()).isEqualTo(Priority.NORMAL);
    assertThat(settings.rateLimit()).isEqualTo(RateLimitSettings.DEFAULTS);
    assertThat(settings.cookieJar()).isEqualTo(CookieJarSettings.DEFAULTS);
    assertThat(settings.auth()).isEqualTo(AuthSettings.NONE);
    assertThat(settings.raiseForStatus()).isFalse();
    assertThat(settings.decompress()).isTrue();
    assertThat(settings.retries()).isEqualTo(RetrySettings.DEFAULTS);
    assertThat(settings.limits()).isEqualTo(LimitSettings.DEFAULTS);
    assertThat(settings.tls()).isEqualTo(TlsSettings.DEFAULTS);
    assertThat(settings.httpVersion()).isEqualTo(HttpVersionPreference.AUTO);
    assertThat(settings.proxy()).isEqualTo(ProxySettings.DEFAULTS);
    assertThat(settings.egress()).isEqualTo(EgressSettings.DEFAULTS);
    assertThat(settings.localAddress()).isEmpty();
    assertThat(settings.unixSocket()).isEmpty();
    assertThat(settings.log()).isEqualTo(LogDetail.NONE);
    assertThat(settings.health()).isEqualTo(HealthSettings.DEFAULTS);
    assertThat(settings.tenancy()).isEqualTo(TenancySettings.DEFAULTS);
    assertThat(settings.tenants()).isEmpty();
  }

  @Test
  void theUserAgentNamesTheLibraryAndItsVersion() {
    assertThat(SessionSettings.DEFAULT_USER_AGENT)
        .matches("session-registry/\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  // ---- names ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "a\nb", "a\0"})
  void aNameThatCannotBeShownIsRefused(String name) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> SessionSettings.named(name))
        .returns("name", InvalidSettingException::key);
  }

  // ---- base URL -------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a",
        "HTTPS://A.example/v1/",
        "http://a:1/",
        "http://a:65535",
        "http://[::1]:8080/",
        "http://127.0.0.1"
      })
  void aBaseUrlIsAnAbsoluteHttpUrl(String url) {
    assertThat(builder().baseUrl(url).build().baseUrl()).contains(URI.create(url));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "/v1, an absolute http or https URL",
    "//a/v1, an absolute http or https URL",
    "ftp://a/, an absolute http or https URL",
    "mailto:a@b, an absolute http or https URL",
    "http:a, host name",
    "http:///v1, host name",
    "http://a_b/, host name",
    "http://u@a/, user name",
    "http://u:p@a/, user name",
    "http://a/?q, query",
    "http://a/#f, fragment",
    "http://a:0/, port",
    "http://a:65536/, port",
  })
  void anotherBaseUrlIsRefusedWithTheReason(String url, String reason) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().baseUrl(url).build())
        .returns("base-url", InvalidSettingException::key)
        .satisfies(e -> assertThat(e.expected()).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://u:s3cr3t@a/",
        "http://s3cr3t@a/",
        "ftp://u:s3cr3t@a/",
        "http://u:s3cr3t@a_b/",
        "//u:s3cr3t@a/",
        "http://u:s3cr3t@a:0/?x"
      })
  void aPasswordInARefusedBaseUrlIsNotRepeated(String url) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().baseUrl(url).build())
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cr3t").contains("*****@"));
  }

  @Test
  void aBaseUrlThatIsNoUriIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().baseUrl("http://a b/"));
  }

  // ---- headers --------------------------------------------------------------------------------

  @Test
  void aSecondHeaderOfTheSameNameReplacesTheFirst() {
    assertThat(builder().header("A", "1").header("A", "2").build().headers())
        .isEqualTo(Map.of("A", "2"));
  }

  @Test
  void headersKeepTheirOrder() {
    SessionSettings settings = builder().header("Z", "1").header("A", "2").header("M", "3").build();
    assertThat(settings.headers().keySet()).containsExactly("Z", "A", "M");
  }

  @ParameterizedTest(name = "[{index}] headers.{0}")
  @CsvSource({
    "'', x",
    "'a b', x",
    "Content-Length, 1",
    "Connection, close",
    "A, 'x\r\nB: y'",
    "A, 'x\ny'",
    "A, 'x\u0001y'",
    "A, ☃"
  })
  void aHeaderThatCannotBeSentIsRefused(String name, String value) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().header(name, value).build())
        .returns("headers." + name, InvalidSettingException::key)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\r", "\n", "\0"));
  }

  @Test
  void theValueOfARefusedCredentialIsNotRepeated() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().header("X-Api-Key", "s3cr3t\n").build())
        .returns("*****", InvalidSettingException::value);
  }

  @Test
  void aHeaderForAnywhereIsADefaultHeaderInAnyCase() {
    assertThat(builder().header("Accept", "x").headerAnywhere("ACCEPT").build().headersAnywhere())
        .containsExactly("ACCEPT");
  }

  @Test
  void aHeaderForAnywhereThatIsNoDefaultHeaderIsRefused() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().header("Accept", "x").headerAnywhere("Accept-Language").build())
        .returns("headers-anywhere", InvalidSettingException::key)
        .returns("Accept-Language", InvalidSettingException::value);
  }

  @Test
  void aUserAgentThatCannotBeSentIsRefused() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().userAgent("a\r\nX: y").build())
        .returns("user-agent", InvalidSettingException::key)
        .returns("a\\r\\nX: y", InvalidSettingException::value);
  }

  // ---- cookies --------------------------------------------------------------------------------

  @ParameterizedTest(name = "[{index}] {0}={1} (RFC 6265 section 4.1.1)")
  @CsvSource({
    "'', x",
    "'a b', x",
    "'a=', x",
    "a, 'x y'",
    "a, 'x;y'",
    "a, 'x,y'",
    "a, 'x\"y'",
    "a, 'x\\y'",
    "a, 'x\ny'",
    "a, é"
  })
  void aCookieThatCannotBeSentIsRefusedWithoutItsValue(String name, String value) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().baseUrl("http://a/").cookie(name, value).build())
        .returns("cookies." + name, InvalidSettingException::key)
        .returns("*****", InvalidSettingException::value);
  }

  @Test
  void aCookieNeedsAHost() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().cookie("a", "1").build())
        .satisfies(e -> assertThat(e.expected()).contains("base-url"));
  }

  @Test
  void aCookieNeedsAJar() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(
            () ->
                builder()
                    .baseUrl("http://a/")
                    .cookieJar(jar -> jar.withType(CookieJarType.NONE))
                    .cookie("a", "1")
                    .build())
        .satisfies(e -> assertThat(e.expected()).contains("cookie-jar=memory"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1/", "http://[::1]/"})
  void aCookieForAnAddressNeedsPermission(String url) {
    SessionSettingsBuilder builder = builder().baseUrl(url).cookie("a", "1");
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(builder::build)
        .satisfies(e -> assertThat(e.expected()).contains("cookie-jar.accept-ip-hosts"));
    assertThat(builder.cookieJar(jar -> jar.withAcceptIpHosts(true)).build().cookies())
        .containsKey("a");
  }

  // ---- pool -----------------------------------------------------------------------------------

  @Test
  void aWarmUpNeedsAHost() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().pool(pool -> pool.withWarmUp(1)).build())
        .returns("pool.warm-up", InvalidSettingException::key)
        .satisfies(e -> assertThat(e.expected()).contains("base-url"));
  }

  // ---- sockets --------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "0.0.0.0", "::1", "2001:db8::7"})
  void connectionsStartFromAnAddress(String address) {
    assertThat(builder().localAddress(address).build().localAddress()).contains(address);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost", "192.0.2.256", "192.0.2.7:80", "[::1]", "eth0\n"})
  void aSourceThatIsNoAddressIsRefused(String address) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().localAddress(address).build())
        .returns("local-address", InvalidSettingException::key)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"))
        .satisfies(e -> assertThat(e.expected()).startsWith("an IP address"));
  }

  @Test
  void aUnixSocketTakesThePlaceOfHostAndPort() {
    Path socket = Path.of("/run/docker.sock");
    assertThat(builder().unixSocket(socket).build().unixSocket()).contains(socket);
  }

  @Test
  void aUnixSocketHasAPath() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().unixSocket(Path.of("")).build())
        .returns("unix-socket", InvalidSettingException::key);
  }

  @Test
  void aUnixSocketHasNoSourceAddress() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().unixSocket(Path.of("/s")).localAddress("::1").build())
        .returns("local-address", InvalidSettingException::key)
        .satisfies(e -> assertThat(e.expected()).contains("unix-socket", "not both"));
  }

  // ---- builder and copies ---------------------------------------------------------------------

  @Test
  void aCopyHasEverySetting() throws Exception {
    SessionSettings full = full();
    SessionSettings onSocket = builder().unixSocket(Path.of("/run/a.sock")).build();
    for (RecordComponent component : SessionSettings.class.getRecordComponents()) {
      SessionSettings changed = component.getName().equals("unixSocket") ? onSocket : full;
      assertThat(component.getAccessor().invoke(changed))
          .as("%s, which must differ from its default", component.getName())
          .isNotEqualTo(component.getAccessor().invoke(SessionSettings.named("default")));
    }
    assertThat(full.toBuilder().build()).isEqualTo(full).hasSameHashCodeAs(full);
    assertThat(onSocket.toBuilder().build()).isEqualTo(onSocket).hasSameHashCodeAs(onSocket);
  }

  @Test
  void aCopyIsIndependent() {
    SessionSettings full = full();
    full.toBuilder().header("New", "1").query("new", "1").build();
    assertThat(full.headers()).doesNotContainKey("New");
    assertThat(full.query()).doesNotContainKey("new");
  }

  @Test
  void builtSettingsDoNotChangeWithTheirBuilder() {
    SessionSettingsBuilder builder = builder().header("A", "1");
    SessionSettings built = builder.build();
    builder.header("B", "2");
    assertThat(built.headers()).containsOnlyKeys("A");
  }

  @Test
  void collectionsCannotBeChanged() {
    SessionSettings full = full();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> full.headers().put("A", "\r\n"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> full.cookies().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> full.query().clear());
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> full.headersAnywhere().clear());
  }

  @Test
  void aTimeoutIsTheTotalOne() {
    assertThat(builder().timeout(Duration.ofSeconds(3)).build().timeout())
        .isEqualTo(TimeoutSettings.DEFAULTS.withTotal(Duration.ofSeconds(3)));
  }

  @Test
  void aChangeStartsFromTheCurrentSettings() {
    assertThat(
            builder()
                .pool(pool -> pool.withMaxConnections(3))
                .pool(pool -> pool.withMaxConnectionsPerHost(2))
                .build()
                .pool())
        .isEqualTo(PoolSettings.DEFAULTS.withMaxConnectionsPerHost(2).withMaxConnections(3));
  }

  @Test
  void theTextFormShowsNamesAndNoValues() {
    assertThat(full().toString())
        .contains("X-Custom", "page", "sid", "https://a.example/")
        .doesNotContain("s3cr3t");
  }

  private static SessionSettingsBuilder builder() {
    return SessionSettings.builder("a");
  }

  @Test
  void theTextFormShowsWhatIsConnected() {
    assertThat(builder().localAddress("::1").httpVersion(HttpVersionPreference.HTTP_2).build())
        .asString()
        .contains("httpVersion=2,", "localAddress=::1, unixSocket=none,");
    assertThat(builder().unixSocket(Path.of("s")).build())
        .asString()
        .contains("httpVersion=auto,", "localAddress=any, unixSocket=s,");
  }

  // ---- rate limit -----------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void aRateLimitLetsSomethingStart(int permits) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().rateLimit(permits, Duration.ofSeconds(1)))
        .returns("rate-limit.permits", InvalidSettingException::key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "P366D"})
  void aRateLimitHasAPeriod(Duration period) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().rateLimit(1, period))
        .returns("rate-limit.period", InvalidSettingException::key);
  }

  @Test
  void permitsWithoutPeriodAreRefused() {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> builder().rateLimit(limit -> limit.withPermits(5)).build())
        .returns("rate-limit.permits", InvalidSettingException::key)
        .withMessageContaining("rate-limit.period beside it");
  }

  /** Nothing is as it is by default, but what excludes something else. */
  private static SessionSettings full() {
    return SessionSettings.builder("full")
        .baseUrl("https://a.example/")
        .header("X-Custom", "s3cr3t")
        .headerAnywhere("x-custom")
        .query("page", "s3cr3t")
        .cookie("sid", "s3cr3t")
        .userAgent("agent")
        .httpVersion(HttpVersionPreference.HTTP_2)
        .timeout(timeout -> timeout.withRead(Duration.ofSeconds(1)))
        .pool(pool -> pool.withMaxConnections(1))
        .queue(QueueSettings.ofMaxSize(1))
        .priority(Priority.HIGH)
        .rateLimit(100, Duration.ofMinutes(1))
        .cookieJar(jar -> jar.withPublicSuffixes(false))
        .redirects(r -> r.withMax(3))
        .auth(AuthSettings.basic("u", "p"))
        .raiseForStatus(true)
        .decompress(false)
        .retries(retries -> retries.withStaleConnection(false))
        .limits(limits -> limits.withBufferedBody(new DataSize(9)))
        .tls(
            tls ->
                tls.withTrustStore(KeyStoreSettings.pkcs12(Path.of("t.p12"), "s3cr3t"))
                    .withVerifyHostname(false))
        .dns(dns -> dns.withTtl(Duration.ZERO))
        .proxy(
            p ->
                p.withUrl(URI.create("http://proxy.example:3128"))
                    .withCredentials("agent", "s3cr3t")
                    .withHeader("X-Proxy", "s3cr3t"))
        .egress(e -> e.withDeny(List.of("private")))
        .localAddress("192.0.2.7")
        .log(LogDetail.SUMMARY)
        .health(h -> h.withType(HealthType.READINESS))
        .tenancy(t -> t.withType(TenancyType.REQUIRED))
        .tenant("acme", t -> t.header("X-Tenant", "s3cr3t"))
        .build();
  }
}
