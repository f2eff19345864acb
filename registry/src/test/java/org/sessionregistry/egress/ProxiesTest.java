package org.sessionregistry.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.ProxySettings;

/** Which proxy is chosen, by settings, by the JVM's properties and by the environment. */
class ProxiesTest {
  private static final ProxySettings FROM_ENVIRONMENT =
      ProxySettings.DEFAULTS.withFromEnvironment(true);

  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();

  // ---- settings -------------------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "http://proxy, http://proxy:80",
    "https://Proxy, https://proxy:443",
    "socks5://proxy, socks5://proxy:1080",
    "http://proxy:3128/, http://proxy:3128",
    "socks5://[2001:DB8::1]:9, socks5://[2001:db8::1]:9",
  })
  void aProxyIsForAllHosts(String url, String expected) {
    ProxySettings settings = ProxySettings.DEFAULTS.withUrl(URI.create(url));
    assertThat(chosen(settings, "http://a.example")).isEqualTo(expected);
    assertThat(chosen(settings, "https://127.0.0.1")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://intranet.example, direct",
    "https://a.intranet.example, direct",
    "http://a.example:8080, direct",
    "http://a.example, http://proxy:80",
    "http://10.1.2.3, direct",
    "http://ten.example, http://proxy:80",
    "http://[fd00::1], direct",
    "http://localhost, direct",
    "http://127.0.0.1, direct",
  })
  void whatIsExcludedIsConnectedToDirectly(String url, String expected) {
    ProxySettings settings =
        ProxySettings.DEFAULTS
            .withUrl(URI.create("http://proxy"))
            .withExclude(
                List.of(".intranet.example", "*:8080", "10.0.0.0/8", "fd00::/8", "localhost"));
    assertThat(chosen(settings, url)).isEqualTo(expected);
  }

  @Test
  void withoutSettingsThereIsNone() {
    variables.put("http_proxy", "http://env:1");
    assertThat(chosen(ProxySettings.DEFAULTS, "http://a")).isEqualTo("direct");
  }

  /** RFC 7617 section 2.1. */
  @Test
  void credentialsAreSentInUtf8AndNeverShown() {
    ProxyServer server =
        of(ProxySettings.DEFAULTS
                .withUrl(URI.create("http://proxy"))
                .withCredentials("jürgen", "gehäm:nis")
                .withHeader("X-Team", "s3cr3t"))
            .of(false, "a", 80)
            .orElseThrow();
    assertThat(server.fields())
        .containsExactly(
            "Proxy-Authorization",
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("jürgen:gehäm:nis".getBytes(StandardCharsets.UTF_8)),
            "X-Team",
            "s3cr3t");
    assertThat(server).hasToString("http://proxy:80");
  }

  // ---- the JVM's properties -------------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "http://a.example, http://web:8080",
    "https://a.example, http://secure:443",
    "http://localhost, direct",
    "http://127.0.0.1, direct",
    "https://[::1], direct",
  })
  void thePropertiesOfTheJvmComeFirst(String url, String expected) {
    properties.put("http.proxyHost", "web");
    properties.put("http.proxyPort", "8080");
    properties.put("https.proxyHost", "secure");
    variables.put("http_proxy", "http://env:1");
    variables.put("https_proxy", "http://env:2");
    assertThat(chosen(FROM_ENVIRONMENT, url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, http://web:80",
    "http://a.intra, direct",
    "http://10.1.1.1, direct",
    "http://11.1.1.1, http://web:80",
    "http://b, direct",
    "http://bb, http://web:80",
  })
  void theJvmsListSaysWhoDoesWithout(String url, String expected) {
    properties.put("http.proxyHost", "web");
    properties.put("http.nonProxyHosts", "*.intra|10.*|b|");
    assertThat(chosen(FROM_ENVIRONMENT, url)).isEqualTo(expected);
  }

  @Test
  void theJvmsSocksProxyIsForWhatNoOtherPropertyIsFor() {
    properties.put("socksProxyHost", "socks");
    properties.put("https.proxyHost", "secure");
    properties.put("https.proxyPort", "81");
    assertThat(chosen(FROM_ENVIRONMENT, "http://a")).isEqualTo("socks5://socks:1080");
    assertThat(chosen(FROM_ENVIRONMENT, "https://a")).isEqualTo("http://secure:81");
  }

  @Test
  void aPortThatIsNoneIsAnError() {
    properties.put("http.proxyHost", "web");
    properties.put("http.proxyPort", "http");
    assertUnusable("http.proxyPort");
  }

  // ---- the environment's variables ------------------------------------------------------------

  @ParameterizedTest
  @CsvSource({
    "http_proxy, http://p:3128, http://a, http://p:3128",
    "http_proxy, http://p:3128, https://a, direct",
    "http_proxy, p:3128, http://a, http://p:3128",
    "http_proxy, p, http://a, http://p:80",
    "HTTP_PROXY, http://p:3128/, http://a, http://p:3128",
    "https_proxy, https://p, https://a, https://p:443",
    "HTTPS_PROXY, http://p:1, https://a, http://p:1",
    "HTTPS_PROXY, http://p:1, http://a, direct",
    "all_proxy, socks5://p, http://a, socks5://p:1080",
    "ALL_PROXY, socks5h://p:9, https://a, socks5://p:9",
    "http_proxy, '', http://a, direct",
  })
  void theEnvironmentIsReadAsCurlReadsIt(
      String variable, String value, String url, String expected) {
    variables.put(variable, value);
    assertThat(chosen(FROM_ENVIRONMENT, url)).isEqualTo(expected);
  }

  @Test
  void aVariableInLowerCaseWins() {
    variables.put("https_proxy", "http://lower:1");
    variables.put("HTTPS_PROXY", "http://upper:1");
    assertThat(chosen(FROM_ENVIRONMENT, "https://a")).isEqualTo("http://lower:1");
  }

  /** CVE-2016-5385: a CGI script has the client's Proxy header there. */
  @Test
  void inACgiScriptHttpProxyInUpperCaseIsNotBelieved() {
    variables.put("HTTP_PROXY", "http://attacker:1");
    variables.put("HTTPS_PROXY", "http://p:1");
    variables.put("REQUEST_METHOD", "GET");
    assertThat(chosen(FROM_ENVIRONMENT, "http://a")).isEqualTo("direct");
    assertThat(chosen(FROM_ENVIRONMENT, "https://a")).isEqualTo("http://p:1");
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.com, direct",
    "http://www.example.com, direct",
    "http://badexample.com, http://p:1",
    "http://sub.dotted.org, direct",
    "http://dotted.org, direct",
    "http://192.0.2.7, direct",
    "http://192.0.2.8, http://p:1",
    "http://10.9.9.9, direct",
    "http://[2001:db8::1], direct",
    "http://ported.net:8080, direct",
    "http://ported.net, http://p:1",
    "http://localhost, direct",
  })
  void noProxyListsWhoDoesWithout(String url, String expected) {
    variables.put("http_proxy", "p:1");
    variables.put(
        "no_proxy",
        "example.com, .dotted.org,192.0.2.7,10.0.0.0/8 2001:db8::1,ported.net:8080,localhost,,!");
    assertThat(chosen(FROM_ENVIRONMENT, url)).isEqualTo(expected);
  }

  @Test
  void anAsteriskExcludesAll() {
    variables.put("http_proxy", "p:1");
    variables.put("NO_PROXY", "*");
    assertThat(chosen(FROM_ENVIRONMENT, "http://a")).isEqualTo("direct");
  }

  @Test
  void theSessionsOwnListCountsToo() {
    variables.put("http_proxy", "p:1");
    assertThat(chosen(FROM_ENVIRONMENT.withExclude(List.of("a")), "http://a")).isEqualTo("direct");
  }

  @Test
  void credentialsOfAVariableWinOverThoseOfTheSession() {
    variables.put("http_proxy", "http://us%40er:p%3Aa+ss@p:1");
    variables.put("https_proxy", "http://p:1");
    Proxies proxies = of(FROM_ENVIRONMENT.withCredentials("own", "secret"));
    ProxyServer http = proxies.of(false, "a", 80).orElseThrow();
    assertThat(http.username()).contains("us@er");
    assertThat(http.password().orElseThrow().value()).isEqualTo("p:a+ss");
    assertThat(proxies.of(true, "a", 443).orElseThrow().username()).contains("own");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://user:s3cr3t@p",
        "http://user:s3cr3t@",
        "http://user:s3cr3t@p:x",
        "http://p/path",
        "http://user%zz:s3cr3t@p",
        "http://p:0",
        "http://p_q"
      })
  void aVariableThatNamesNoProxyIsAnErrorWithoutItsValue(String value) {
    variables.put("http_proxy", value);
    assertUnusable("http_proxy");
  }

  private void assertUnusable(String where) {
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> of(FROM_ENVIRONMENT))
        .returns("proxy.from-environment", InvalidSettingException::key)
        .satisfies(e -> assertThat(e.getMessage()).contains(where).doesNotContain("s3cr3t"));
  }

  // ---- all of them ----------------------------------------------------------------------------

  private Proxies of(ProxySettings settings) {
    return Proxies.of(
        settings,
        new ProxyEnvironment(
            name -> Optional.ofNullable(properties.get(name)),
            name -> Optional.ofNullable(variables.get(name))));
  }

  private String chosen(ProxySettings settings, String url) {
    URI uri = URI.create(url);
    boolean secure = uri.getScheme().equals("https");
    String host = uri.getHost().replaceAll("[\\[\\]]", "");
    int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
    return of(settings).of(secure, host, port).map(ProxyServer::toString).orElse("direct");
  }
}
