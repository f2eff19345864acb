package org.sessionregistry.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.settings.EgressSettings;
import org.sessionregistry.settings.ProxySettings;
import org.sessionregistry.settings.SessionSettings;

/** Proxies and egress rules as configuration says them. */
class ProxySettingsTest {

  @Test
  void everySettingIsReadInWhateverOrder() {
    SessionSettings session =
        Given.properties(
                "client-session.a.proxy.headers.X-Team", "blue",
                "client-session.a.proxy.password", "s3cret",
                "client-session.a.proxy.username", "agent",
                "client-session.a.proxy.exclude", "localhost,10.0.0.0/8",
                "client-session.a.proxy.url", "http://proxy.example:3128",
                "client-session.a.egress.allow", "*.example,192.0.2.0/24",
                "client-session.a.egress.deny", "private")
            .session("a");
    assertThat(session.proxy())
        .isEqualTo(
            ProxySettings.DEFAULTS
                .withUrl(URI.create("http://proxy.example:3128"))
                .withCredentials("agent", "s3cret")
                .withHeader("X-Team", "blue")
                .withExclude(List.of("localhost", "10.0.0.0/8")));
    assertThat(session.egress())
        .isEqualTo(new EgressSettings(List.of("*.example", "192.0.2.0/24"), List.of("private")));
  }

  @Test
  void oneSessionDoesWithoutTheProxyOfAll() {
    SessionSettings session =
        Given.properties(
                "client-session-defaults.proxy.url", "http://proxy.example:3128",
                "client-session-defaults.proxy.username", "agent",
                "client-session-defaults.proxy.password", "s3cret",
                "client-session.a.proxy.exclude", "*")
            .session("a");
    assertThat(session.proxy().url()).isPresent();
    assertThat(session.proxy().exclude()).containsExactly("*");
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "proxy.url | http://u:s3cret@proxy | `http://*****@proxy` | set proxy.username",
        "proxy.url | socks4://proxy | `socks4://proxy` | a URL with http, https or socks5",
        "proxy.username | agent | `agent` | a proxy.url beside it",
        "proxy.password | s3cret | `*****` | a proxy.username beside it",
        "proxy.headers.X-Token | s3cret | `*****` | a proxy.url beside it",
        "proxy.exclude | a..b | `a..b` | host names",
        "egress.deny | privat,10.0.0.0/40 | `10.0.0.0/40` | host names",
        "egress.allow | http://a | `http://a` | host names",
      })
  void whatCannotBeUsedIsTold(String key, String value, String shown, String expected) {
    assertThat(Given.properties("client-session.a." + key, value).problems())
        .singleElement()
        .asString()
        .startsWith("`client-session.a." + key + "` = " + shown)
        .contains(expected)
        .doesNotContain("s3cret");
  }

  @Test
  void twoSpellingsOfAProxysHeaderAreOne() {
    assertThat(
            Given.properties(
                    "client-session.a.proxy.url", "http://proxy",
                    "client-session.a.proxy.headers.X-Team", "x",
                    "client-session.a.proxy.headers.x-team", "y")
                .problems())
        .singleElement()
        .asString()
        .contains("expected one spelling");
  }
}
