package org.sessionregistry.exchange;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.settings.AuthSettings;
import org.sessionregistry.settings.AuthType;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.Secret;
import org.sessionregistry.settings.SessionSettings;

/** Makes a session's credentials of its settings and hooks. */
final class CredentialsChoice {
  private static final SecureRandom RANDOM = new SecureRandom();

  private CredentialsChoice() {}

  /**
   * The credentials; null when the session has none.
   *
   * @param tenant whose they are; empty for a session without tenants
   * @throws InvalidSettingException if settings and hooks contradict each other
   */
  static @Nullable Credentials of(
      SessionSettings settings, SessionHooks hooks, Optional<String> tenant) {
    AuthSettings auth = settings.auth();
    TokenSupplier supplier = hooks.tokens().orElse(null);
    if (supplier != null) {
      return supplied(supplier, settings, tenant);
    }
    String user = auth.username().orElse("");
    String password = auth.password().map(Secret::value).orElse("");
    return switch (auth.type()) {
      case NONE -> {
        refuseUnused("auth.username", auth.username(), "basic or digest");
        refuseUnused("auth.password", auth.password(), "basic or digest");
        refuseUnused("auth.token", auth.token(), "bearer");
        yield null;
      }
      case BASIC -> FixedCredentials.basic(user, password);
      case DIGEST -> new DigestCredentials(user, password, CredentialsChoice::cnonce);
      case BEARER ->
          FixedCredentials.bearer(
              auth.token()
                  .map(Secret::value)
                  .orElseThrow(
                      () ->
                          new InvalidSettingException(
                              "auth.type", "bearer", "auth.token beside it, or a token supplier")));
    };
  }

  private static Credentials supplied(
      TokenSupplier supplier, SessionSettings settings, Optional<String> tenant) {
    AuthSettings auth = settings.auth();
    if (auth.type() == AuthType.BASIC || auth.type() == AuthType.DIGEST) {
      throw new InvalidSettingException(
          "auth.type", auth.type().toString(), "bearer or none beside a token supplier");
    }
    if (settings.baseUrl().isEmpty()) {
      throw new InvalidSettingException(
          "base-url", "", "a URL beside a token supplier: tokens are sent to its origin only");
    }
    if (settings.headers().keySet().stream().anyMatch("Authorization"::equalsIgnoreCase)) {
      throw new InvalidSettingException(
          "headers.Authorization", Secret.MASK, "either that or a token supplier, not both");
    }
    return new TokenCredentials(supplier, tenant);
  }

  private static void refuseUnused(String key, Optional<?> value, String types) {
    if (value.isPresent()) {
      throw new InvalidSettingException(key, Secret.MASK, "auth.type=" + types + " beside it");
    }
  }

  private static String cnonce() {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
