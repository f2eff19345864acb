package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsSettingsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"192.0.2.7", "192.0.2.7,2001:db8::7", " ::1 , 127.0.0.1 ", "::ffff:192.0.2.7"})
  void aHostMayHaveFixedAddresses(String addresses) {
    assertThat(DnsSettings.DEFAULTS.withHost("Db.Example", addresses).hosts())
        .containsOnlyKeys("db.example")
        .containsValue(addresses);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''",
        "localhost",
        "192.0.2.7,",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.07",
        "192.0.2.7:80",
        "192.0.2.7 192.0.2.8",
        "::1::",
        ".1:",
        "[::1]",
        "cafe",
        "http://192.0.2.7"
      })
  void whatIsNoAddressIsRefused(String addresses) {
    assertThatThrownBy(() -> DnsSettings.DEFAULTS.withHost("db", addresses))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "dns.hosts.db = "
                + addresses
                + ": expected IP addresses separated by commas, for example 192.0.2.7 or"
                + " 192.0.2.7,2001:db8::7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "db:80", "http://db", "db/x", "*.example"})
  void whatIsNoHostIsRefused(String host) {
    assertThatThrownBy(() -> DnsSettings.DEFAULTS.withHost(host, "192.0.2.7"))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("expected a host name");
  }

  @Test
  void negativeTimesAreRefused() {
    assertThatThrownBy(() -> DnsSettings.DEFAULTS.withTtl(Duration.ofSeconds(-1)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("dns.ttl = ");
    assertThatThrownBy(() -> DnsSettings.DEFAULTS.withRaceDelay(Duration.ofSeconds(-1)))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageStartingWith("dns.race-delay = ");
  }

  @Test
  void aCopyOfSessionSettingsKeepsThem() {
    SessionSettings settings =
        SessionSettings.builder("a")
            .dns(d -> d.withPrefer(DnsPreference.IPV6).withHost("db", "::1"))
            .build();
    assertThat(settings.toBuilder().build()).isEqualTo(settings);
    assertThat(settings.dns().prefer()).isEqualTo(DnsPreference.IPV6);
  }

  @Test
  void everyWitherChangesItsSettingAndNoOther() {
    DnsSettings all =
        DnsSettings.DEFAULTS
            .withTtl(Duration.ofSeconds(1))
            .withHost("db", "::1")
            .withPrefer(DnsPreference.IPV4)
            .withRaceDelay(Duration.ofSeconds(2))
            .withHost("DB", "::2");
    assertThat(all)
        .isEqualTo(
            new DnsSettings(
                Duration.ofSeconds(1),
                Map.of("db", "::2"),
                DnsPreference.IPV4,
                Duration.ofSeconds(2)));
  }
}
