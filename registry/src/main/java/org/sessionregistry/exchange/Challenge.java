package org.sessionregistry.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sessionregistry.Headers;

/**
 * What a server asks for with a 401 (RFC 9110 section 11.6.1).
 *
 * <p>Servers write it and event loops read it: no pattern may look for its beginning, nor call
 * itself for each character.
 *
 * @param scheme in lower case
 * @param parameters names in lower case; empty for a token68
 */
record Challenge(String scheme, Map<String, String> parameters) {
  private static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";
  private static final Pattern PARAMETER =
      Pattern.compile(
          "[\\s,]*(" + TOKEN + ")\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(" + TOKEN + "))");
  private static final Pattern SCHEME =
      Pattern.compile(
          "[\\s,]*(" + TOKEN + ")(?=\\s|,|$)(?:\\s+[A-Za-z0-9\\-._~+/]+=*(?=\\s*(?:,|$)))?");

  /**
   * The challenges of a response, in their order. A field can hold several, and a comma separates
   * challenges and parameters alike; what cannot be read ends its field.
   */
  static List<Challenge> in(Headers headers, String field) {
    List<Challenge> challenges = new ArrayList<>();
    for (String value : headers.all(field)) {
      read(value, challenges);
    }
    return challenges;
  }

  private static void read(String value, List<Challenge> into) {
    Matcher parameter = PARAMETER.matcher(value);
    Matcher scheme = SCHEME.matcher(value);
    Map<String, String> open = null;
    int at = 0;
    while (at < value.length()) {
      if (open != null && parameter.region(at, value.length()).lookingAt()) {
        String quoted = parameter.group(2);
        open.putIfAbsent(
            parameter.group(1).toLowerCase(Locale.ROOT),
            quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        at = parameter.end();
      } else if (scheme.region(at, value.length()).lookingAt()) {
        open = new LinkedHashMap<>();
        into.add(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), open));
        at = scheme.end();
      } else {
        return;
      }
    }
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
