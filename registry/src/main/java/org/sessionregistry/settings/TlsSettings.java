package org.sessionregistry.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Whom a session trusts on https, and who it is itself. Without any of these both are as in the
 * rest of the JVM. What stands in files is checked when the first connection is opened.
 *
 * @param trustStore a key store with trusted certificates
 * @param trustPem a PEM file with trusted certificates
 * @param trustAll whether every certificate is accepted, whatever it names
 * @param keyStore a key store with the session's own certificate and its private key
 * @param keyPem a PEM file with the private key
 * @param certificatePem a PEM file with the session's own certificate
 * @param verifyHostname whether the certificate must name the host (RFC 9110 section 4.3.4)
 * @param serverName the name that is asked for (SNI) and verified instead of the host
 * @param pins public keys of which the server must show one
 * @param protocols the versions that are offered; empty for those of the JVM
 * @param ciphers the cipher suites that are offered; empty for those of the JVM
 */
public record TlsSettings(
    KeyStoreSettings trustStore,
    @Setting(
            "PEM file with trusted certificates; instead of the JVM's. Read again when it has"
                + " changed, as all files of tls are, for new connections.")
        Optional<Path> trustPem,
    @Setting(
            "Accept every certificate, whatever it names: for tests only, refused in the profile"
                + " prod.")
        boolean trustAll,
    KeyStoreSettings keyStore,
    @Setting(
            "PEM file with the private key of tls.certificate-pem (PKCS#8, not encrypted; RSA, EC"
                + " or Ed25519).")
        Optional<Path> keyPem,
    @Setting(
            "PEM file with the session's own certificate and those that issued it, for servers that"
                + " ask for one; the key may stand in the same file.")
        Optional<Path> certificatePem,
    @Setting("Whether the server's certificate must name the host.") boolean verifyHostname,
    @Setting("Name to ask the server for (SNI) and to verify, instead of the host.")
        Optional<String> serverName,
    @Setting(
            "Public keys as sha256/<base64>, comma separated: one of them must be in the server's"
                + " chain, besides that it is trusted.")
        List<String> pins,
    @Setting("Versions to offer, comma separated, such as TLSv1.3; the JVM's by default.")
        List<String> protocols,
    @Setting("Cipher suites to offer, comma separated; the JVM's by default.")
        List<String> ciphers) {

  /** The defaults: what the JVM trusts, host names verified. */
  public static final TlsSettings DEFAULTS =
      new TlsSettings(
          KeyStoreSettings.NONE,
          Optional.empty(),
          false,
          KeyStoreSettings.NONE,
          Optional.empty(),
          Optional.empty(),
          true,
          Optional.empty(),
          List.of(),
          List.of(),
          List.of());

  /** Refuses what contradicts itself. */
  public TlsSettings {
    pins = List.copyOf(pins);
    protocols = List.copyOf(protocols);
    ciphers = List.copyOf(ciphers);
    TlsRules.trust(trustStore, trustPem, trustAll);
    TlsRules.identity(keyStore, keyPem, certificatePem);
    serverName.ifPresent(TlsRules::serverName);
    pins.forEach(TlsRules::pin);
  }

  /**
   * A copy that trusts the certificates of a key store.
   *
   * @param value the key store
   * @return the copy
   */
  public TlsSettings withTrustStore(KeyStoreSettings value) {
    return with(value, trustPem, trustAll);
  }

  /**
   * A copy that trusts the certificates of a PEM file.
   *
   * @param value the file
   * @return the copy
   */
  public TlsSettings withTrustPem(Path value) {
    return with(trustStore, Optional.of(value), trustAll);
  }

  /**
   * A copy that accepts every certificate or does not.
   *
   * @param value whether it does
   * @return the copy
   */
  public TlsSettings withTrustAll(boolean value) {
    return with(trustStore, trustPem, value);
  }

  /**
   * A copy that shows a certificate of a key store to servers that ask for one.
   *
   * @param value the key store
   * @return the copy
   */
  public TlsSettings withKeyStore(KeyStoreSettings value) {
    return with(value, keyPem, certificatePem);
  }

  /**
   * A copy that shows a certificate of a PEM file to servers that ask for one.
   *
   * @param value the file with the certificate and its private key
   * @return the copy
   */
  public TlsSettings withCertificatePem(Path value) {
    return with(keyStore, keyPem, Optional.of(value));
  }

  /**
   * A copy that shows a certificate to servers that ask for one.
   *
   * @param certificate the PEM file with the certificate
   * @param key the PEM file with its private key
   * @return the copy
   */
  public TlsSettings identifiedBy(Path certificate, Path key) {
    return with(keyStore, Optional.of(key), Optional.of(certificate));
  }

  /**
   * A copy that verifies host names or does not.
   *
   * @param value whether the certificate must name the host
   * @return the copy
   */
  public TlsSettings withVerifyHostname(boolean value) {
    return with(value, serverName);
  }

  /**
   * A copy that asks for a name, and verifies it, instead of the host.
   *
   * @param value the name
   * @return the copy
   */
  public TlsSettings withServerName(String value) {
    return with(verifyHostname, Optional.of(value));
  }

  /**
   * A copy that demands one of these public keys in the server's chain.
   *
   * @param value each {@code sha256/} and the digest of the key in base64; none demands nothing
   * @return the copy
   */
  public TlsSettings withPins(List<String> value) {
    return with(value, protocols, ciphers);
  }

  /**
   * A copy that offers these versions.
   *
   * @param value such as {@code TLSv1.3}; none for those of the JVM
   * @return the copy
   */
  public TlsSettings withProtocols(List<String> value) {
    return with(pins, value, ciphers);
  }

  /**
   * A copy that offers these cipher suites.
   *
   * @param value such as {@code TLS_AES_256_GCM_SHA384}; none for those of the JVM
   * @return the copy
   */
  public TlsSettings withCiphers(List<String> value) {
    return with(pins, protocols, value);
  }

  private TlsSettings with(KeyStoreSettings store, Optional<Path> pem, boolean all) {
    return new TlsSettings(
        store,
        pem,
        all,
        keyStore,
        keyPem,
        certificatePem,
        verifyHostname,
        serverName,
        pins,
        protocols,
        ciphers);
  }

  private TlsSettings with(KeyStoreSettings store, Optional<Path> key, Optional<Path> certificate) {
    return new TlsSettings(
        trustStore,
        trustPem,
        trustAll,
        store,
        key,
        certificate,
        verifyHostname,
        serverName,
        pins,
        protocols,
        ciphers);
  }

  private TlsSettings with(boolean verify, Optional<String> name) {
    return new TlsSettings(
        trustStore,
        trustPem,
        trustAll,
        keyStore,
        keyPem,
        certificatePem,
        verify,
        name,
        pins,
        protocols,
        ciphers);
  }

  private TlsSettings with(List<String> keys, List<String> versions, List<String> suites) {
    return new TlsSettings(
        trustStore,
        trustPem,
        trustAll,
        keyStore,
        keyPem,
        certificatePem,
        verifyHostname,
        serverName,
        keys,
        versions,
        suites);
  }
}
