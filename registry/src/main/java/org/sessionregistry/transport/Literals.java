package org.sessionregistry.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Addresses that stand where a name could. The rule: nobody is asked for them, so this may run on
 * an event loop; what only looks like an address is a name. Stateless, for any thread.
 */
final class Literals {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");

  /** With or without a scope; the JVM parses what begins like this, or refuses it. */
  private static final Pattern LIKE_V6 = Pattern.compile("[0-9A-Fa-f:]+:[0-9A-Fa-f:.]*(%.*)?");

  private Literals() {}

  /** The address that a host is, if it is one. */
  static Optional<InetAddress> parse(String host) {
    if (!V4.matcher(host).matches() && !LIKE_V6.matcher(host).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException malformed) {
      return Optional.empty();
    }
  }

  /** The addresses of a list separated by commas, all of which were checked to be addresses. */
  static List<InetAddress> parseAll(String list) {
    return Stream.of(list.split(",")).flatMap(text -> parse(text.strip()).stream()).toList();
  }
}
