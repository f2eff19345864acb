package org.sessionregistry.exchange;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What both sides agreed on about compression (RFC 7692 section 7.1). The size of the client's
 * window is not offered for a choice, because the JDK knows one size only.
 *
 * @param serverForgets whether each message of the server stands for itself
 * @param clientForgets whether each of ours has to
 */
record CompressionTerms(boolean serverForgets, boolean clientForgets) {
  /** What is offered. */
  static final String OFFER = "permessage-deflate";

  private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";

  /** A parameter; its value may stand in quotes (RFC 6455 section 9.1). */
  private static final Pattern PARAMETER =
      Pattern.compile("\\s*;\\s*(" + TOKEN + ")(?:\\s*=\\s*(?:(" + TOKEN + ")|\"([^\"]*)\"))?");

  private static final Pattern WINDOW = Pattern.compile("[89]|1[0-5]");

  /**
   * What the server says to the offer.
   *
   * @param fields the values of {@code Sec-WebSocket-Extensions}
   * @return the terms; empty if it wants no compression
   * @throws IllegalArgumentException if it says what was not offered
   */
  static Optional<CompressionTerms> agreed(List<String> fields, boolean offered) {
    String all =
        fields.stream()
            .map(String::strip)
            .filter(field -> !field.isEmpty()) // RFC 9110 section 5.6.1.2
            .collect(Collectors.joining(","));
    if (all.isEmpty()) {
      return Optional.empty();
    }
    if (!offered || !all.regionMatches(true, 0, OFFER, 0, OFFER.length())) {
      throw new IllegalArgumentException("it uses the extension '" + all + "'");
    }
    boolean serverForgets = false;
    boolean clientForgets = false;
    Set<String> seen = new HashSet<>();
    Matcher parameter = PARAMETER.matcher(all).region(OFFER.length(), all.length());
    int end = OFFER.length();
    while (parameter.lookingAt()) {
      String name = parameter.group(1).toLowerCase(Locale.ROOT);
      String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
      boolean right =
          switch (name) {
            case "server_no_context_takeover", "client_no_context_takeover" -> value == null;
            case "server_max_window_bits" -> value != null && WINDOW.matcher(value).matches();
            default -> false; // also client_max_window_bits, which was not offered
          };
      if (!right || !seen.add(name)) {
        break;
      }
      serverForgets |= name.equals("server_no_context_takeover");
      clientForgets |= name.equals("client_no_context_takeover");
      end = parameter.end();
      parameter.region(end, all.length());
    }
    if (end != all.length()) {
      throw new IllegalArgumentException("it uses compression on terms of its own: '" + all + "'");
    }
    return Optional.of(new CompressionTerms(serverForgets, clientForgets));
  }
}
