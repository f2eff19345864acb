package org.sessionregistry.settings;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * URI references with characters of any language: the host becomes what is looked up in the DNS
 * (IDNA 2003, as the JDK has it), everything else UTF-8, percent encoded (RFC 3987 section 3.1).
 * What is ASCII already is left alone. Stateless, for any thread.
 */
public final class InternationalUri {
  /** Scheme and slashes, user-info, host, port, and the rest. */
  private static final Pattern WITH_AUTHORITY =
      Pattern.compile(
          "((?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#@]*@)?)([^/?#:@\\[\\]]+)((?::[0-9]*)?(?:[/?#].*)?)",
          Pattern.DOTALL);

  private InternationalUri() {}

  /**
   * The reference in ASCII.
   *
   * @param reference a URI reference with any characters
   * @return what it is as a URI reference
   * @throws IllegalArgumentException if the host cannot be a name, or a surrogate pair is cut in
   *     two
   */
  public static String toAscii(String reference) {
    if (reference.chars().allMatch(c -> c < 0x80)) {
      return reference;
    }
    Matcher parts = WITH_AUTHORITY.matcher(reference);
    if (!parts.matches() || parts.group(2).chars().allMatch(c -> c < 0x80)) {
      return PercentEncoding.ofNonAscii(reference);
    }
    return PercentEncoding.ofNonAscii(parts.group(1))
        + host(parts.group(2))
        + PercentEncoding.ofNonAscii(parts.group(3));
  }

  private static String host(String name) {
    try {
      return IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the host '" + name + "' cannot be a name in the DNS (IDNA): " + e.getMessage(), e);
    }
  }

  /** The same for a URI that was taken apart already; as it was if it cannot be. */
  static URI toAscii(URI uri) {
    if (uri.getHost() != null) {
      return uri;
    }
    try {
      return new URI(toAscii(uri.toString()));
    } catch (IllegalArgumentException | URISyntaxException e) {
      return uri; // whoever checks it says what is wrong
    }
  }
}
