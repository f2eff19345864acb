package org.sessionregistry.settings;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How the addresses of a host are found and tried.
 *
 * @param ttl how long an answer is used; 0 asks for every connection
 * @param hosts addresses by host name, comma separated; the names in lower case
 * @param prefer the family of the first address that is tried
 * @param raceDelay the head start of an address over the next; 0 tries one after the other
 */
public record DnsSettings(
    @Setting(
            "How long the addresses of a host are used; a host that has none is asked for again"
                + " after 1s; 0 asks for every connection. While connections are used, their host"
                + " is asked for again; those whose address is gone from the answer are closed at"
                + " random moments within twice this time, at least 10s. The JVM keeps answers too"
                + " (security property networkaddress.cache.ttl, 30s unless set): a change is seen"
                + " when both have passed.")
        Duration ttl,
    @Setting(
            "dns.hosts.<host>: IP addresses of that host, comma separated, instead of asking for"
                + " them; requests and certificates still name the host.")
        Map<String, String> hosts,
    @Setting(
            "Which address is tried first: system (the first that is given), ipv4 or ipv6; IPv4 and"
                + " IPv6 take turns. One that failed in the last 30s is tried last.")
        DnsPreference prefer,
    @Setting(
            "Head start of an address before the next one is tried beside it (RFC 8305); the first"
                + " that connects is used; 0 tries one after the other.")
        Duration raceDelay) {

  /** The defaults: 10 s, no fixed host, the system's order, 250 ms. */
  public static final DnsSettings DEFAULTS =
      new DnsSettings(
          Duration.ofSeconds(10), Map.of(), DnsPreference.SYSTEM, Duration.ofMillis(250));

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");

  /** Refuses negative durations, and hosts and addresses that are none. */
  public DnsSettings {
    Check.duration("dns.ttl", ttl);
    Check.duration("dns.race-delay", raceDelay);
    Map<String, String> lower = new LinkedHashMap<>();
    hosts.forEach(
        (host, addresses) -> {
          check(host, addresses);
          lower.put(host.toLowerCase(Locale.ROOT), addresses);
        });
    hosts = Collections.unmodifiableMap(lower);
  }

  private static void check(String host, String addresses) {
    String key = "dns.hosts." + host;
    if (!HOST.matcher(host).matches()) {
      throw new InvalidSettingException(
          key, addresses, "a host name of letters, digits, '-', '_' and '.' in the key");
    }
    for (String address : addresses.split(",", -1)) {
      if (!IpLiteral.is(address.strip())) {
        throw new InvalidSettingException(
            key,
            addresses,
            "IP addresses separated by commas, for example 192.0.2.7 or 192.0.2.7,2001:db8::7");
      }
    }
  }

  /**
   * A copy that uses answers for another time.
   *
   * @param value the time, 0 asks for every connection
   * @return the copy
   */
  public DnsSettings withTtl(Duration value) {
    return new DnsSettings(value, hosts, prefer, raceDelay);
  }

  /**
   * A copy with the addresses of one more host.
   *
   * @param host its name
   * @param addresses IP addresses, comma separated
   * @return the copy
   */
  public DnsSettings withHost(String host, String addresses) {
    Map<String, String> more = new LinkedHashMap<>(hosts);
    more.put(host, addresses);
    return new DnsSettings(ttl, more, prefer, raceDelay);
  }

  /**
   * A copy that begins with another family.
   *
   * @param value which
   * @return the copy
   */
  public DnsSettings withPrefer(DnsPreference value) {
    return new DnsSettings(ttl, hosts, value, raceDelay);
  }

  /**
   * A copy with another head start.
   *
   * @param value the head start of an address, 0 tries one after the other
   * @return the copy
   */
  public DnsSettings withRaceDelay(Duration value) {
    return new DnsSettings(ttl, hosts, prefer, value);
  }
}
