package org.sessionregistry.settings;

import java.util.Optional;

/**
 * Who a session says it is, to the origin of its base URL and nobody else.
 *
 * @param type how it says it
 * @param username the user's name
 * @param password the user's password
 * @param token the bearer's token
 */
public record AuthSettings(
    @Setting(
            "How the session says who it is, to the origin of base-url only: none, basic (RFC 7617,"
                + " in UTF-8), bearer (RFC 6750) or digest (RFC 7616).")
        AuthType type,
    @Setting("The user's name for basic and digest.") Optional<String> username,
    @Setting(value = "The user's password for basic and digest.", secret = true)
        Optional<Secret> password,
    @Setting(
            value = "The token for bearer; a token supplier given in code takes its place.",
            secret = true)
        Optional<Secret> token) {

  /** The default: nobody. */
  public static final AuthSettings NONE =
      new AuthSettings(AuthType.NONE, Optional.empty(), Optional.empty(), Optional.empty());

  /** Refuses what cannot be sent. */
  public AuthSettings {
    username.ifPresent(AuthSettings::user);
    token.ifPresent(AuthSettings::token);
    boolean named = type == AuthType.BASIC || type == AuthType.DIGEST;
    if (named && (username.isEmpty() || password.isEmpty())) {
      throw new InvalidSettingException(
          "auth.type", word(type), "auth.username and auth.password beside it");
    }
    if (type == AuthType.BASIC && username.filter(user -> user.indexOf(':') >= 0).isPresent()) {
      throw new InvalidSettingException(
          "auth.username", Secret.MASK, "a name without a colon for basic (RFC 7617 section 2)");
    }
  }

  /**
   * User name and password with every request.
   *
   * @param username the user's name, without a colon
   * @param password the user's password
   * @return the settings
   */
  public static AuthSettings basic(String username, String password) {
    return named(AuthType.BASIC, username, password);
  }

  /**
   * User name and password that prove themselves.
   *
   * @param username the user's name
   * @param password the user's password
   * @return the settings
   */
  public static AuthSettings digest(String username, String password) {
    return named(AuthType.DIGEST, username, password);
  }

  /**
   * A token with every request.
   *
   * @param token the token
   * @return the settings
   */
  public static AuthSettings bearer(String token) {
    return new AuthSettings(
        AuthType.BEARER, Optional.empty(), Optional.empty(), Optional.of(new Secret(token)));
  }

  private static AuthSettings named(AuthType type, String username, String password) {
    return new AuthSettings(
        type, Optional.of(username), Optional.of(new Secret(password)), Optional.empty());
  }

  private static void user(String name) {
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidSettingException(
          "auth.username", Secret.MASK, "a name without control characters (RFC 7617 section 2)");
    }
  }

  private static void token(Secret token) {
    if (!BearerSyntax.isToken(token.value())) {
      throw new InvalidSettingException("auth.token", Secret.MASK, BearerSyntax.EXPECTED);
    }
  }

  private static String word(AuthType type) {
    return type.name().toLowerCase(java.util.Locale.ROOT);
  }
}
