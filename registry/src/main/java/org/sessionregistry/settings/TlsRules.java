package org.sessionregistry.settings;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SNIHostName;

/** The rules of {@link TlsSettings} that need no file to be read. */
final class TlsRules {
  private static final String SHA256 = "sha256/";
  private static final int SHA256_BYTES = 32;

  private TlsRules() {}

  /** There is one source of trust at most. */
  static void trust(KeyStoreSettings store, Optional<Path> pem, boolean all) {
    if (store.path().isPresent() && pem.isPresent()) {
      throw new InvalidSettingException(
          "tls.trust-pem",
          pem.get().toString(),
          "either tls.trust-pem or tls.trust-store.path, not both");
    }
    if (all && (store.path().isPresent() || pem.isPresent())) {
      throw new InvalidSettingException(
          "tls.trust-all",
          "true",
          "either tls.trust-all or "
              + (pem.isPresent() ? "tls.trust-pem" : "tls.trust-store.path")
              + ", not both");
    }
  }

  /** There is one identity at most, and a key is the key of a certificate. */
  static void identity(KeyStoreSettings store, Optional<Path> key, Optional<Path> certificate) {
    if (store.path().isPresent() && (key.isPresent() || certificate.isPresent())) {
      String setting = certificate.isPresent() ? "tls.certificate-pem" : "tls.key-pem";
      throw new InvalidSettingException(
          setting,
          certificate.or(() -> key).map(Path::toString).orElse(""),
          "either " + setting + " or tls.key-store.path, not both");
    }
    if (key.isPresent() && certificate.isEmpty()) {
      throw new InvalidSettingException(
          "tls.key-pem", key.get().toString(), "tls.certificate-pem beside it");
    }
  }

  /** RFC 6066 section 3: a host name, never an address. */
  static void serverName(String name) {
    boolean address = name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    if (address || name.endsWith(".") || !isHostName(name)) {
      throw new InvalidSettingException(
          "tls.server-name", name, "a host name, such as api.example.com, that is no address");
    }
  }

  private static boolean isHostName(String name) {
    try {
      return !new SNIHostName(name).getAsciiName().isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static void pin(String pin) {
    if (!pin.startsWith(SHA256) || !isDigest(pin.substring(SHA256.length()))) {
      throw new InvalidSettingException(
          "tls.pins", pin, "sha256/ and the SHA-256 of a public key in base64 (44 characters)");
    }
  }

  private static boolean isDigest(String base64) {
    try {
      return base64.length() == 44 && Base64.getDecoder().decode(base64).length == SHA256_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
