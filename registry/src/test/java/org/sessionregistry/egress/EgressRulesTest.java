package org.sessionregistry.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.settings.EgressSettings;

class EgressRulesTest {

  @ParameterizedTest(name = "allow [{0}] deny [{1}]: {2} at {3} is {4}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                 | -             | a.example     | 10.0.0.1      | allowed",
        "-                 | private       | a.example     | 203.0.113.1   | allowed",
        "-                 | private       | a.example     | 10.0.0.1      | egress.deny has 'private'",
        "-                 | 10.0.0.0/8    | a.example     | 10.0.0.1      | egress.deny has '10.0.0.0/8'",
        "-                 | 10.0.0.0/8    | a.example     | 11.0.0.1      | allowed",
        "-                 | a.example     | a.example     | 203.0.113.1   | egress.deny has 'a.example'",
        "-                 | a.example     | a.example.    | 203.0.113.1   | egress.deny has 'a.example'",
        "-                 | *.example     | a.example     | 203.0.113.1   | egress.deny has '*.example'",
        "-                 | a.example:81  | a.example     | 203.0.113.1   | allowed",
        "a.example         | -             | a.example     | 203.0.113.1   | allowed",
        "a.example         | -             | b.example     | 203.0.113.1   | egress.allow does not have it",
        "a.example         | private       | a.example     | 169.254.169.254 | egress.deny has 'private'",
        "a.example         | a.example     | a.example     | 203.0.113.1   | egress.deny has 'a.example'",
        "203.0.113.0/24    | -             | b.example     | 203.0.113.1   | allowed",
        "203.0.113.0/24    | -             | b.example     | 198.51.100.1  | egress.allow does not have it",
        "203.0.113.0/24    | 203.0.113.1   | b.example     | 203.0.113.1   | egress.deny has '203.0.113.1'",
        "203.0.113.0/24    | 203.0.113.1   | b.example     | 203.0.113.2   | allowed",
        "a.example 10.0.0.0/8 | -          | b.example     | 10.0.0.1      | allowed",
        "a.example 10.0.0.0/8 | -          | a.example     | 203.0.113.1   | allowed",
        "*                 | private       | a.example     | 203.0.113.1   | allowed",
        "*                 | private       | a.example     | 10.0.0.1      | egress.deny has 'private'",
        "-                 | localhost     | a.example     | 127.0.0.2     | egress.deny has 'localhost'",
        "localhost         | -             | a.example     | 203.0.113.1   | egress.allow does not have it",
        // IPv4 within IPv6
        "-                 | private       | a.example     | ::ffff:7f00:1 | egress.deny has 'private'",
        "-                 | 10.0.0.0/8    | a.example     | 64:ff9b::a00:1 | egress.deny has '10.0.0.0/8'",
        "-                 | private       | a.example     | 64:ff9b::a9fe:a9fe | egress.deny has 'private'",
        "-                 | private       | a.example     | 64:ff9b::cb00:7101 | allowed",
        "-                 | private       | a.example     | 2002:7f00:1::1 | egress.deny has 'private'",
        "-                 | private       | a.example     | 2002:cb00:7101::1 | allowed",
        "-                 | private       | a.example     | ::a00:1       | egress.deny has 'private'",
        "-                 | private       | a.example     | 2001:0:a00:1::1 | egress.deny has 'private'",
        "-                 | private       | a.example     | 2001:0:cb00:7101:0:0:f5ff:fffe | egress.deny has 'private'",
        "10.0.0.0/8        | -             | a.example     | 64:ff9b::a00:1 | egress.allow does not have it",
      })
  void judgesAHostAndAnAddress(
      String allow, String deny, String host, String address, String expected) throws Exception {
    EgressRules rules = rules(allow, deny);
    assertThat(
            rules
                .refusalOfHost(host, 80)
                .or(() -> rules.refusalOf(host, address(address), 80))
                .orElse("allowed"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f.1",
        "127.1",
        "0177.0.0.1",
        "0x7f000001",
        "127.0.0.1.",
        "1::2::3"
      })
  void anAddressInAnotherFormIsDeniedWhateverTheRulesAre(String host) {
    assertThat(rules("*", null).refusalOfHost(host, 80).orElseThrow()).contains("in a form");
    assertThat(rules(null, null).refusalOfHost(host, 80)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1", "203.0.113.1", "a.example", "1.example"})
  void anAddressInItsCommonFormIsJudgedAsAnAddress(String host) {
    assertThat(rules(null, "private").refusalOfHost(host, 80)).isEmpty();
  }

  @ParameterizedTest(name = "allow [{0}] deny [{1}]: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                 | a.example | false",
        "-                 | private   | true",
        "a.example         | -         | false",
        "10.0.0.0/8        | -         | true",
        "a.example 10.0.0.0/8 | -      | false",
        "a.example         | private   | true",
      })
  void needsAddressesOnlyWhereNamesDoNotSayItAll(String allow, String deny, boolean expected) {
    assertThat(rules(allow, deny).needAddresses("a.example", 80)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "allow [{0}] deny [{1}]: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-                        | private       | egress.deny has 'private'",
        "-                        | proxy.example | egress.deny has 'proxy.example'",
        "* proxy.example          | private       | allowed",
        "* proxy.example:3128     | private       | allowed",
        "* proxy.example:3129     | private       | egress.deny has 'private'",
        "*.example                | private       | egress.deny has 'private'",
        "10.0.0.0/8               | -             | allowed",
        "a.example                | -             | egress.allow does not have it",
      })
  void aProxyIsJudgedAsAHostUnlessItIsNamed(String allow, String deny, String expected)
      throws Exception {
    ProxyServer proxy =
        new ProxyServer(
            ProxyServer.Kind.HTTP,
            "proxy.example",
            3128,
            Optional.empty(),
            Optional.empty(),
            Map.of());
    assertThat(rules(allow, deny).refusalOf(proxy, address("10.0.0.1")).orElse("allowed"))
        .isEqualTo(expected);
  }

  @Test
  void withoutRulesEverythingIsAllowed() {
    assertThat(rules(null, null).areNone()).isTrue();
    assertThat(rules(null, "private").areNone()).isFalse();
    assertThat(rules("*", null).areNone()).isFalse();
  }

  private static EgressRules rules(String allow, String deny) {
    return new EgressRules(new EgressSettings(list(allow), list(deny)));
  }

  private static List<String> list(String entries) {
    return entries == null ? List.of() : Stream.of(entries.split(" ")).toList();
  }

  /** As it is: the JVM would make a mapped address an IPv4 one. */
  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
