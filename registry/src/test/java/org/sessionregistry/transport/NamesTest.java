package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.sessionregistry.settings.DnsPreference;
import org.sessionregistry.settings.DnsSettings;

class NamesTest {
  private final ScriptedLookup lookup = new ScriptedLookup();
  private final Resolver resolver = new Resolver(lookup, Runnable::run, new VirtualTime());

  @Test
  void fixedHostsAreNotAskedFor() {
    Names names = names(DnsSettings.DEFAULTS.withHost("DB.example", "192.0.2.1, ::1"));

    assertThat(names.resolve("db.example"))
        .isCompletedWithValue(ScriptedLookup.parsed("192.0.2.1", "::1"));
    assertThat(lookup.asked()).isEmpty();
  }

  @Test
  void addressesAreNotAskedFor() {
    assertThat(names(DnsSettings.DEFAULTS).resolve("::1"))
        .isCompletedWithValue(ScriptedLookup.parsed("::1"));
    assertThat(lookup.asked()).isEmpty();
  }

  @Test
  void anyOtherHostIsAskedForOnce() {
    lookup.put("web", "192.0.2.1");
    Names names = names(DnsSettings.DEFAULTS);

    assertThat(names.resolve("web")).isCompleted();
    assertThat(names.resolve("web")).isCompleted();
    assertThat(lookup.asked()).containsExactly("web");
  }

  @Test
  void thePreferredFamilyIsFirstAndWhatFailsIsLast() {
    Names names = names(DnsSettings.DEFAULTS.withPrefer(DnsPreference.IPV6));
    resolver.failing().failed(at("::1"));

    assertThat(names.inOrder(ScriptedLookup.parsed("192.0.2.1", "::1", "::2", "192.0.2.1"), 80))
        .containsExactly(at("192.0.2.1"), at("::2"), at("::1"));
  }

  private Names names(DnsSettings settings) {
    return new Names(resolver, settings);
  }

  private static InetSocketAddress at(String address) {
    return new InetSocketAddress(Literals.parse(address).orElseThrow(), 80);
  }
}
