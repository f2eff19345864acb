package org.sessionregistry.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of PEM blocks (RFC 7468) and the setting that names it, which every complaint repeats.
 * Reading it blocks. Immutable.
 */
final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");

  private record Block(String label, String content) {}

  private final String setting;
  private final Path file;
  private final List<Block> blocks = new ArrayList<>();

  private Pem(String setting, Path file, String text) {
    this.setting = setting;
    this.file = file;
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(1), matcher.group(2)));
    }
  }

  static Pem read(String setting, Path file) throws TlsConfigurationFailure {
    try {
      return new Pem(
          setting, file, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new TlsConfigurationFailure(setting, setting + " " + file + " cannot be read: " + e, e);
    }
  }

  /** All certificates, at least one, in the file's order. */
  List<X509Certificate> certificates() throws TlsConfigurationFailure {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Block block : blocks) {
        if (block.label.equals("CERTIFICATE") || block.label.equals("X509 CERTIFICATE")) {
          byte[] bytes = Base64.getMimeDecoder().decode(block.content);
          certificates.add(
              (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes)));
        }
      }
    } catch (CertificateException | IllegalArgumentException e) {
      throw new TlsConfigurationFailure(
          setting, setting + " " + file + " cannot be read as certificates: " + e.getMessage(), e);
    }
    if (certificates.isEmpty()) {
      throw new TlsConfigurationFailure(
          setting, setting + " " + file + " has no certificate", null);
    }
    return certificates;
  }

  /** The first private key. */
  PrivateKey privateKey() throws TlsConfigurationFailure {
    for (Block block : blocks) {
      switch (block.label) {
        case "PRIVATE KEY" -> {
          return privateKey(block);
        }
        case "ENCRYPTED PRIVATE KEY" ->
            throw unusable(
                "is encrypted, for which there is no password; decrypt it with `openssl pkey -in"
                    + " <file> -out <new file>`, or put key and certificate into a key store for"
                    + " tls.key-store",
                null);
        case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" ->
            throw unusable(
                "is a '"
                    + block.label
                    + "', not PKCS#8; convert it with `openssl pkcs8 -topk8 -nocrypt -in <file>"
                    + " -out <new file>`",
                null);
        default -> {} // certificates may stand beside the key
      }
    }
    throw new TlsConfigurationFailure(
        setting,
        setting
            + " "
            + file
            + " has no private key"
            + (setting.equals(TlsIdentity.CERTIFICATE_PEM) ? "; name its file in tls.key-pem" : ""),
        null);
  }

  private PrivateKey privateKey(Block block) throws TlsConfigurationFailure {
    GeneralSecurityException last = new InvalidKeySpecException("no algorithm");
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm)
            .generatePrivate(new PKCS8EncodedKeySpec(decode(block)));
      } catch (GeneralSecurityException e) {
        last = e; // a key of another algorithm, or of none
      }
    }
    throw unusable("is broken, or neither an RSA, an EC nor an Ed25519 key", last);
  }

  private byte[] decode(Block block) throws TlsConfigurationFailure {
    try {
      return Base64.getMimeDecoder().decode(block.content);
    } catch (IllegalArgumentException e) {
      throw unusable("is not base64", e);
    }
  }

  private TlsConfigurationFailure unusable(String why, @Nullable Throwable cause) {
    return new TlsConfigurationFailure(
        setting, setting + " " + file + ": the private key " + why, cause);
  }
}
