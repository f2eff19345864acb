package org.sessionregistry.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Whom a session trusts on https. Without any of these it trusts what the JVM trusts.
 *
 * @param trustStore a key store with trusted certificates
 * @param trustPem a PEM file with trusted certificates
 * @param verifyHostname whether the certificate must name the host (RFC 9110 section 4.3.4)
 */
public record TlsSettings(
    KeyStoreSettings trustStore,
    @Setting("PEM file with trusted certificates; instead of the JVM's.") Optional<Path> trustPem,
    @Setting("Whether the server's certificate must name the host.") boolean verifyHostname) {

  /** The defaults: what the JVM trusts, host names verified. */
  public static final TlsSettings DEFAULTS =
      new TlsSettings(KeyStoreSettings.NONE, Optional.empty(), true);

  /** Refuses two sources of trust at once. */
  public TlsSettings {
    if (trustStore.path().isPresent() && trustPem.isPresent()) {
      throw new InvalidSettingException(
          "tls.trust-pem",
          trustPem.get().toString(),
          "either tls.trust-pem or tls.trust-store.path, not both");
    }
  }

  /**
   * A copy that trusts the certificates of a key store.
   *
   * @param value the key store
   * @return the copy
   */
  public TlsSettings withTrustStore(KeyStoreSettings value) {
    return new TlsSettings(value, trustPem, verifyHostname);
  }

  /**
   * A copy that trusts the certificates of a PEM file.
   *
   * @param value the file
   * @return the copy
   */
  public TlsSettings withTrustPem(Path value) {
    return new TlsSettings(trustStore, Optional.of(value), verifyHostname);
  }

  /**
   * A copy that verifies host names or does not.
   *
   * @param value whether the certificate must name the host
   * @return the copy
   */
  public TlsSettings withVerifyHostname(boolean value) {
    return new TlsSettings(trustStore, trustPem, value);
  }
}
