package org.sessionregistry.exchange;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The same with every request: basic (RFC 7617, in UTF-8) or a fixed bearer token (RFC 6750).
 *
 * @param value of {@code Authorization}
 */
record FixedCredentials(String value) implements Credentials {
  static FixedCredentials basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return new FixedCredentials("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  static FixedCredentials bearer(String token) {
    return new FixedCredentials("Bearer " + token);
  }

  @Override
  public String authorization(String method, String target) {
    return value;
  }

  /** Not the value. */
  @Override
  public String toString() {
    return "FixedCredentials";
  }
}
