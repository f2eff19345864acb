package org.sessionregistry.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {

  @ParameterizedTest(name = "{0} is about {1}:{2}: {3}")
  @CsvSource({
    "api.example.com, api.example.com, 80, true",
    "api.example.com, API.Example.COM, 80, true",
    "API.example.com, api.example.com, 80, true",
    "api.example.com., api.example.com, 80, true",
    "api.example.com, api.example.com., 80, true",
    "api.example.com, x.api.example.com, 80, false",
    "api.example.com, example.com, 80, false",
    "api.example.com:8443, api.example.com, 8443, true",
    "api.example.com:8443, api.example.com, 443, false",
    "*.example.com, api.example.com, 80, true",
    "*.example.com, a.b.example.com, 80, true",
    "*.example.com, example.com, 80, false",
    "*.example.com, badexample.com, 80, false",
    "*.example.com, .example.com, 80, false",
    "*.example.com:8443, api.example.com, 443, false",
    ".example.com, example.com, 80, true",
    ".example.com, api.example.com, 80, true",
    ".example.com, badexample.com, 80, false",
    "localhost, localhost, 80, true",
    "localhost, db.localhost, 80, true",
    "localhost, localhost.example.com, 80, false",
    "*, anything.at.all, 80, true",
    "*:443, anything.at.all, 80, false",
    "10.0.0.0/8, ten.example.com, 80, false",
    "private, private, 80, false",
    "my_host, my_host, 80, true",
    "bücher.example, xn--bcher-kva.example, 80, true",
    "*.BÜCHER.example:8443, a.xn--bcher-kva.example, 8443, true",
  })
  void matchesHostsByWhatTheyAreCalled(String entry, String host, int port, boolean expected) {
    assertThat(pattern(entry).matches(host, port)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} is about {1}:{2}: {3}")
  @CsvSource({
    // RFC 4632 section 3.1
    "10.0.0.0/8, 10.255.0.1, 80, true",
    "10.0.0.0/8, 11.0.0.1, 80, false",
    "10.1.2.3/8, 10.9.9.9, 80, true",
    "192.168.4.0/22, 192.168.7.255, 80, true",
    "192.168.4.0/22, 192.168.8.0, 80, false",
    "0.0.0.0/0, 203.0.113.9, 80, true",
    "0.0.0.0/0, 2001:db8::1, 80, false",
    "192.0.2.7, 192.0.2.7, 80, true",
    "192.0.2.7, 192.0.2.8, 80, false",
    "192.0.2.7/32, 192.0.2.7, 80, true",
    "192.0.2.7:8080, 192.0.2.7, 8080, true",
    "192.0.2.7:8080, 192.0.2.7, 80, false",
    // RFC 4291 section 2.3
    "2001:db8::/32, 2001:db8:1::1, 80, true",
    "2001:db8::/32, 2001:db9::1, 80, false",
    "::/0, ::1, 80, true",
    "::/0, 127.0.0.1, 80, false",
    "2001:db8::7, 2001:db8::7, 80, true",
    "[2001:db8::7], 2001:db8::7, 80, true",
    "[2001:db8::7]:8080, 2001:db8::7, 8080, true",
    "[2001:db8::7]:8080, 2001:db8::7, 80, false",
    "localhost, 127.9.9.9, 80, true",
    "localhost, ::1, 80, true",
    "localhost, 10.0.0.1, 80, false",
    "*, 10.0.0.1, 80, true",
    "api.example.com, 10.0.0.1, 80, false",
  })
  void matchesAddresses(String entry, String address, int port, boolean expected)
      throws UnknownHostException {
    assertThat(pattern(entry).matches(InetAddress.getByName(address), port)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "0.0.0.0, RFC 1122 section 3.2.1.3",
    "10.0.0.1, RFC 1918 section 3",
    "172.16.0.1, RFC 1918 section 3",
    "172.31.255.255, RFC 1918 section 3",
    "192.168.0.1, RFC 1918 section 3",
    "100.64.0.1, RFC 6598 section 7",
    "100.100.100.200, the metadata of Alibaba within RFC 6598",
    "127.0.0.1, RFC 1122 section 3.2.1.3",
    "168.63.129.16, the wire server of Azure",
    "169.254.169.254, RFC 3927 and the metadata of most clouds",
    "192.0.0.192, RFC 6890 section 2.1 and the metadata of Oracle",
    "198.18.0.1, RFC 2544",
    "224.0.0.1, RFC 5771",
    "255.255.255.255, RFC 919",
    "::, RFC 4291 section 2.5.2",
    "::1, RFC 4291 section 2.5.3",
    "fe80::1, RFC 4291 section 2.5.6",
    "fec0::1, RFC 3879",
    "fc00::1, RFC 4193 section 3",
    "fd00:ec2::254, RFC 4193 and the metadata of EC2",
    "ff02::1, RFC 4291 section 2.7",
    "64:ff9b:1::a, RFC 8215",
  })
  void privateIsWhatIsNotOfThePublicInternet(String address, String source) throws Exception {
    assertThat(pattern("private").matches(InetAddress.getByName(address), 80)).as(source).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.0.1", "100.128.0.1", "172.15.0.1",
        "172.32.0.1", "192.0.2.1", "192.167.1.1", "203.0.113.1", "2001:db8::1", "2606:4700::1111"
      })
  void privateIsNothingElse(String address) throws Exception {
    assertThat(pattern("private").matches(InetAddress.getByName(address), 80)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "*.",
        "..a",
        "a..b",
        "*a.example.com",
        "a.*.com",
        "a*",
        "http://a",
        "a/b",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "10.0.0.0/8:80",
        "10.0.0",
        "1.2.3.4.5",
        "010.0.0.1",
        "0x7f.1",
        "2130706433",
        "256.0.0.1",
        "::1/129",
        "[::1",
        "::1]",
        "[a]",
        "[10.0.0.1]",
        "a:0",
        "a:65536",
        "a:b",
        "-a",
        "a b",
        "a\nb",
        "@",
        "user@a"
      })
  void refusesWhatIsNoPattern(String entry) {
    assertThat(HostPattern.parse(entry)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true", "2130706433, true", "0x7f.1, true", "127.1, true", "0x7f000001, true",
    "0177.0.0.1, true", "127.0.0.1., true", "a.0x, true", "a.example, false", "1.example, false",
    "x7f, false", "0xg, false"
  })
  void knowsWhatSomebodyMayTakeForAnAddress(String host, boolean expected) {
    assertThat(HostPattern.endsInNumber(host)).isEqualTo(expected);
  }

  @Test
  void knowsHostsByTheirBeginning() {
    HostPattern pattern = HostPattern.beginningWith("127.");
    assertThat(pattern.matches("127.0.0.1", 80)).isTrue();
    assertThat(pattern.matches("128.0.0.1", 80)).isFalse();
    assertThat(pattern).hasToString("127.*");
  }

  @Test
  void isEqualByItsText() {
    assertThat(pattern(" A.example ")).isEqualTo(pattern("a.example")).hasToString("a.example");
    assertThat(pattern("a.example")).hasSameHashCodeAs(pattern("a.example"));
    assertThat(pattern("a.example")).isNotEqualTo(pattern("b.example"));
  }

  @ParameterizedTest
  @CsvSource({
    "private, true",
    "10.0.0.0/8, true",
    "192.0.2.7:80, true",
    "localhost, true",
    "*, false",
    "a.example, false",
    "*.example, false"
  })
  void knowsWhetherANameHasToBeLookedUp(String entry, boolean expected) {
    assertThat(pattern(entry).hasAddresses()).isEqualTo(expected);
  }

  private static HostPattern pattern(String entry) {
    return HostPattern.parse(entry).orElseThrow();
  }
}
