package org.sessionregistry.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells an IP address from a name. The rule: nobody is ever asked. The form is checked before the
 * JVM parses the text, because it would look up what it cannot parse. Stateless, for any thread.
 */
final class IpLiteral {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern LIKE_V6 = Pattern.compile("[0-9A-Fa-f:][0-9A-Fa-f:.]{1,44}");

  private IpLiteral() {}

  static boolean is(String text) {
    return parse(text).isPresent();
  }

  static Optional<InetAddress> parse(String text) {
    boolean likeV6 = text.indexOf(':') >= 0 && LIKE_V6.matcher(text).matches();
    if (!likeV6 && !V4.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException malformed) {
      return Optional.empty();
    }
  }
}
