package org.sessionregistry.cookie;

import org.jspecify.annotations.Nullable;

/**
 * What the beginning of a cookie's name promises to the server that reads it (§5.4).
 *
 * <p>Never broken: the prefix is looked for in what will be <em>sent</em>, in any case of letters.
 * A nameless cookie is sent as its value, so that a value may not begin with a prefix either (§5.7
 * step 22).
 *
 * <p>Stateless, for any thread.
 */
enum NamePrefix {
  NONE,
  SECURE,
  HOST;

  private static final String SECURE_TEXT = "__Secure-";
  private static final String HOST_TEXT = "__Host-";

  static NamePrefix of(String name, String value) {
    String sent = name.isEmpty() ? value : name;
    if (!sent.startsWith("__")) {
      return NONE;
    }
    if (begins(sent, SECURE_TEXT)) {
      return SECURE;
    }
    return begins(sent, HOST_TEXT) ? HOST : NONE;
  }

  private static boolean begins(String text, String prefix) {
    return text.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  /** Says which promise the cookie breaks, if any (§5.7 steps 20 to 22). */
  @Nullable String violation(String name, boolean hostOnly, String path, boolean secure) {
    if (this == NONE) {
      return null;
    }
    if (name.isEmpty()) {
      return "is nameless and its value begins like a prefixed name";
    }
    if (!secure) {
      return "has a __Secure- or __Host- name and is not Secure";
    }
    if (this == HOST && !(hostOnly && path.equals("/"))) {
      return "has a __Host- name and a Domain, or another path than /";
    }
    return null;
  }
}
