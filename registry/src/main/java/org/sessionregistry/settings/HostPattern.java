package org.sessionregistry.settings;

import java.net.IDN;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which hosts an entry of {@code proxy.exclude}, {@code egress.allow} or {@code egress.deny} is
 * about. Immutable, for any thread; nobody is ever asked for a name.
 *
 * <table>
 * <caption>The forms of an entry</caption>
 * <tr><th>entry</th><th>hosts</th></tr>
 * <tr><td>{@code api.example.com}</td><td>that host</td></tr>
 * <tr><td>{@code *.example.com}</td><td>all hosts below it, at any depth</td></tr>
 * <tr><td>{@code .example.com}</td><td>the host and all below it</td></tr>
 * <tr><td>{@code 192.0.2.7}, {@code 2001:db8::7}, {@code [2001:db8::7]}</td><td>that address</td></tr>
 * <tr><td>{@code 10.0.0.0/8}, {@code fc00::/7}</td><td>the addresses of that block (RFC 4632)</td></tr>
 * <tr><td>{@code localhost}</td><td>that name, those below it (RFC 6761 section 6.3) and the
 * loopback addresses</td></tr>
 * <tr><td>{@code private}</td><td>addresses that are not of the public Internet, see {@link
 * #PRIVATE}</td></tr>
 * <tr><td>{@code *}</td><td>every host</td></tr>
 * </table>
 *
 * <p>All but blocks and {@code private} may end in {@code :port} and are then about that port only.
 */
public final class HostPattern {
  /** The entry for addresses that are not of the public Internet. */
  public static final String PRIVATE = "private";

  /** What would be right, as a phrase that can follow "expected". */
  public static final String EXPECTED =
      "host names, *.domain, .domain, IP addresses, blocks such as 10.0.0.0/8, localhost, private"
          + " or *, comma separated, such as api.example.com or *.example.com:8443";

  private static final List<AddressBlock> LOOPBACK = blocks("127.0.0.0/8", "::1");

  /**
   * From the registries of special-purpose addresses (RFC 6890), what is loopback, unspecified,
   * link-local, private, shared, for benchmarks, for protocols, multicast or reserved; and Azure's
   * address for metadata, which looks public.
   */
  private static final List<AddressBlock> NOT_PUBLIC =
      blocks(
          "0.0.0.0/8",
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "168.63.129.16",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.0.0.0/24",
          "192.168.0.0/16",
          "198.18.0.0/15",
          "224.0.0.0/4",
          "240.0.0.0/4",
          "::/128",
          "::1/128",
          "64:ff9b:1::/48",
          "100::/64",
          "fc00::/7",
          "fe80::/10",
          "fec0::/10",
          "ff00::/8");

  private static final Pattern WITH_PORT = Pattern.compile("(.*[^:]|\\[.*]):(\\d{1,5})");
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9_]([a-z0-9_-]*)(\\.[a-z0-9_][a-z0-9_-]*)*\\.?");

  private enum Names {
    NONE,
    EVERY,
    ONE,
    BELOW,
    DOMAIN,
    BEGINNING
  }

  private final String text;
  private final Names names;
  private final String name;
  private final List<AddressBlock> blocks;
  private final int port;

  private HostPattern(String text, Names names, String name, List<AddressBlock> blocks, int port) {
    this.text = text;
    this.names = names;
    this.name = name;
    this.blocks = blocks;
    this.port = port;
  }

  private static List<AddressBlock> blocks(String... texts) {
    return Stream.of(texts).map(AddressBlock::of).toList();
  }

  /**
   * Reads one entry.
   *
   * @param entry the entry; upper and lower case are the same
   * @return the pattern, or empty if it has none of the forms
   */
  public static Optional<HostPattern> parse(String entry) {
    return ascii(entry.strip())
        .map(ascii -> ascii.toLowerCase(Locale.ROOT))
        .flatMap(HostPattern::read);
  }

  /** As hosts of URLs are written: names in any language have one form in ASCII (RFC 3490). */
  private static Optional<String> ascii(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return Optional.of(text);
    }
    try {
      return Optional.of(IDN.toASCII(text, IDN.ALLOW_UNASSIGNED));
    } catch (IllegalArgumentException noName) {
      return Optional.empty();
    }
  }

  private static Optional<HostPattern> read(String text) {
    if (text.equals(PRIVATE)) {
      return Optional.of(new HostPattern(text, Names.NONE, "", NOT_PUBLIC, -1));
    }
    Optional<AddressBlock> alone = AddressBlock.parse(text);
    if (alone.isPresent()) {
      return Optional.of(new HostPattern(text, Names.NONE, "", List.of(alone.get()), -1));
    }
    Matcher withPort = WITH_PORT.matcher(text);
    if (!withPort.matches()) {
      return host(text, text, -1);
    }
    int port = Integer.parseInt(withPort.group(2));
    return port == 0 || port > 65535 ? Optional.empty() : host(text, withPort.group(1), port);
  }

  private static Optional<HostPattern> host(String text, String host, int port) {
    if (host.equals("*")) {
      return Optional.of(new HostPattern(text, Names.EVERY, "", List.of(), port));
    }
    if (host.equals("localhost")) {
      return Optional.of(new HostPattern(text, Names.DOMAIN, host, LOOPBACK, port));
    }
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    String address = bracketed ? host.substring(1, host.length() - 1) : host;
    if (bracketed == address.indexOf(':') >= 0 && address.indexOf('/') < 0) {
      Optional<AddressBlock> one = AddressBlock.parse(address);
      if (one.isPresent()) {
        return Optional.of(new HostPattern(text, Names.NONE, "", List.of(one.get()), port));
      }
    }
    if (host.startsWith("*.")) {
      return named(text, Names.BELOW, host.substring(2), port);
    }
    return host.startsWith(".")
        ? named(text, Names.DOMAIN, host.substring(1), port)
        : named(text, Names.ONE, host, port);
  }

  private static Optional<HostPattern> named(String text, Names names, String name, int port) {
    return NAME.matcher(name).matches() && !endsInNumber(name)
        ? Optional.of(new HostPattern(text, names, withoutDot(name), List.of(), port))
        : Optional.empty();
  }

  /**
   * All hosts whose text begins in the same way, as the JVM's {@code http.nonProxyHosts} has them.
   *
   * @param beginning for example {@code 127.}
   * @return the pattern
   */
  public static HostPattern beginningWith(String beginning) {
    String lower = beginning.toLowerCase(Locale.ROOT);
    return new HostPattern(lower + "*", Names.BEGINNING, lower, List.of(), -1);
  }

  /**
   * Whether a host is an IPv4 address for somebody who reads it as generously as the C library does
   * ({@code 2130706433}, {@code 0x7f.1}, {@code 127.1}): its last part is a number.
   *
   * @param host a host
   * @return true also for an address in its common form
   */
  public static boolean endsInNumber(String host) {
    String plain = withoutDot(host);
    String last = plain.substring(plain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return last.matches("\\d+|0x[0-9a-f]*");
  }

  private static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /**
   * Whether it is about a host by what the host is called.
   *
   * @param host a name, or an address as text
   * @param at the port
   * @return true if it is
   */
  public boolean matches(String host, int at) {
    String plain = withoutDot(host.toLowerCase(Locale.ROOT));
    return isAboutPort(at)
        && switch (names) {
          case NONE -> false;
          case EVERY -> true;
          case ONE -> plain.equals(name);
          case BELOW -> isBelow(plain);
          case DOMAIN -> plain.equals(name) || isBelow(plain);
          case BEGINNING -> plain.startsWith(name);
        };
  }

  private boolean isBelow(String host) {
    return host.length() > name.length() + 1 && host.endsWith("." + name);
  }

  /**
   * Whether it is about an address.
   *
   * @param address the address
   * @param at the port
   * @return true if it is
   */
  public boolean matches(InetAddress address, int at) {
    return isAboutPort(at)
        && (names == Names.EVERY || blocks.stream().anyMatch(block -> block.contains(address)));
  }

  private boolean isAboutPort(int at) {
    return port < 0 || port == at;
  }

  /**
   * Whether it is about addresses, so that a name has to be looked up to tell.
   *
   * @return true for addresses, blocks, {@code localhost} and {@code private}
   */
  public boolean hasAddresses() {
    return !blocks.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HostPattern pattern && pattern.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The entry. */
  @Override
  public String toString() {
    return text;
  }
}
