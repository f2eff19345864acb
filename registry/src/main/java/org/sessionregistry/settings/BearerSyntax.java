package org.sessionregistry.settings;

import java.util.regex.Pattern;

/** What a bearer token may look like, asked by settings and by what suppliers give alike. */
public final class BearerSyntax {
  /** What would be right, as a phrase that can follow "expected". */
  public static final String EXPECTED =
      "a token of letters, digits and -._~+/ with = at its end only (RFC 6750 section 2.1)";

  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/]+=*");

  private BearerSyntax() {}

  /**
   * Checks a token.
   *
   * @param token the token
   * @return whether it may be sent
   */
  public static boolean isToken(String token) {
    return TOKEN.matcher(token).matches();
  }
}
