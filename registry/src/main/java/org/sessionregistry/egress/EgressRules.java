package org.sessionregistry.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sessionregistry.settings.EgressSettings;
import org.sessionregistry.settings.HostPattern;

/**
 * Judges where a connection is about to lead: first what the host is called, then each address that
 * it has. The order: who is denied is denied, whatever is allowed; then, if anything is allowed at
 * all, who is not allowed by name or by address is denied too. Immutable, for any thread.
 *
 * <p>The rule: an address is denied in whatever form it comes. So a deny entry also sees the IPv4
 * address within an IPv6 one, and a host that looks like an address in a form that only some
 * understand is denied altogether. An allow entry sees nothing but the address itself.
 */
public final class EgressRules {
  private static final String DENY = "egress.deny";
  private static final String ALLOW = "egress.allow";

  private final List<HostPattern> allow;
  private final List<HostPattern> deny;
  private final boolean denyAddresses;
  private final boolean allowAddresses;

  /**
   * The rules of a session.
   *
   * @param settings what it was told
   */
  public EgressRules(EgressSettings settings) {
    allow = Proxies.patterns(settings.allow());
    deny = Proxies.patterns(settings.deny());
    denyAddresses = deny.stream().anyMatch(HostPattern::hasAddresses);
    allowAddresses = allow.stream().anyMatch(HostPattern::hasAddresses);
  }

  /** Whether everything is allowed. */
  public boolean areNone() {
    return allow.isEmpty() && deny.isEmpty();
  }

  /**
   * Why a host must not be connected to, whatever its addresses are.
   *
   * @return the reason, or empty if that depends on the addresses or it may
   */
  public Optional<String> refusalOfHost(String host, int port) {
    if (areNone()) {
      return Optional.empty();
    }
    boolean literal = Addresses.literal(host).isPresent();
    if (!literal && (HostPattern.endsInNumber(host) || host.indexOf(':') >= 0)) {
      return Optional.of(
          "'" + host + "' is an address in a form that is not the common one, and there are rules");
    }
    return denied(deny.stream().filter(pattern -> pattern.matches(host, port)))
        .or(
            () ->
                allow.isEmpty() || allowAddresses || isAllowed(host, port)
                    ? Optional.empty()
                    : notAllowed());
  }

  /**
   * Whether the host's addresses have to be known to tell whether it may be connected to.
   *
   * @return false when its name says it all
   */
  public boolean needAddresses(String host, int port) {
    return denyAddresses || (allowAddresses && !isAllowed(host, port));
  }

  /**
   * Why a host must not be connected to at one of its addresses.
   *
   * @return the reason, or empty if it may
   */
  public Optional<String> refusalOf(String host, InetAddress address, int port) {
    if (areNone()) {
      return Optional.empty();
    }
    List<InetAddress> forms = Addresses.withEmbedded(address);
    return denied(
            deny.stream()
                .filter(pattern -> forms.stream().anyMatch(form -> pattern.matches(form, port))))
        .or(
            () ->
                allow.isEmpty()
                        || isAllowed(host, port)
                        || allow.stream().anyMatch(pattern -> pattern.matches(address, port))
                    ? Optional.empty()
                    : notAllowed());
  }

  /**
   * Why a proxy must not be connected to at one of its addresses. One that {@code egress.allow}
   * names with its very host, as {@code host} or {@code host:port}, may be, whatever is denied:
   * proxies mostly have private addresses, and who is to be kept from those is whoever chooses the
   * targets.
   *
   * @return the reason, or empty if it may
   */
  public Optional<String> refusalOf(ProxyServer proxy, InetAddress address) {
    if (isNamed(proxy)) {
      return Optional.empty();
    }
    return denied(deny.stream().filter(pattern -> pattern.matches(proxy.host(), proxy.port())))
        .or(() -> refusalOf(proxy.host(), address, proxy.port()));
  }

  private boolean isNamed(ProxyServer proxy) {
    String host = proxy.host().indexOf(':') >= 0 ? "[" + proxy.host() + "]" : proxy.host();
    return allow.stream()
        .map(HostPattern::toString)
        .anyMatch(
            entry ->
                entry.equals(proxy.host())
                    || entry.equals(host)
                    || entry.equals(host + ":" + proxy.port()));
  }

  private boolean isAllowed(String host, int port) {
    return allow.stream().anyMatch(pattern -> pattern.matches(host, port));
  }

  private static Optional<String> denied(Stream<HostPattern> rules) {
    return rules.findFirst().map(rule -> DENY + " has '" + rule + "'");
  }

  private static Optional<String> notAllowed() {
    return Optional.of(ALLOW + " does not have it");
  }
}
