package org.sessionregistry.exchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** The hash functions of RFC 7616, the strongest first. */
enum DigestAlgorithm {
  SHA_512_256("SHA-512-256", "SHA-512/256"),
  SHA_256("SHA-256", "SHA-256"),
  MD5("MD5", "MD5");

  private final String name;
  private final String ofJava;

  DigestAlgorithm(String name, String ofJava) {
    this.name = name;
    this.ofJava = ofJava;
  }

  /** By the name that a challenge has, its ending {@code -sess} left away. */
  static Optional<DigestAlgorithm> named(String name) {
    String plain = withoutSession(name);
    for (DigestAlgorithm algorithm : values()) {
      if (algorithm.name.equalsIgnoreCase(plain)) {
        return Optional.of(algorithm);
      }
    }
    return Optional.empty();
  }

  /** Whether the session's nonces go into the secret (RFC 7616 section 3.4.2). */
  static boolean ofSession(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith("-sess");
  }

  private static String withoutSession(String name) {
    return ofSession(name) ? name.substring(0, name.length() - "-sess".length()) : name;
  }

  /** The hash of a text in UTF-8, in lower-case hexadecimal. */
  String hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance(ofJava).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no " + ofJava, e);
    }
  }
}
