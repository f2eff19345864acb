package org.sessionregistry.servers.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A private key and its certificate, with those that issued it.
 *
 * @param key the key
 * @param chain its own certificate first
 */
record Credentials(PrivateKey key, List<X509Certificate> chain) {
  static final String PASSWORD = "pass word";

  X509Certificate certificate() {
    return chain.get(0);
  }

  /** The same with another certificate at the end of the chain. */
  Credentials sending(X509Certificate another) {
    List<X509Certificate> longer = new ArrayList<>(chain);
    longer.add(another);
    return new Credentials(key, longer);
  }

  KeyStore store() {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("own", key, PASSWORD.toCharArray(), chain.toArray(Certificate[]::new));
      return store;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Path writeStore(Path file) throws Exception {
    try (OutputStream out = Files.newOutputStream(file)) {
      store().store(out, PASSWORD.toCharArray());
    }
    return file;
  }

  Path writeChain(Path file) throws IOException {
    return writePem(file, chain);
  }

  Path writeKey(Path file) throws IOException {
    return Files.writeString(file, pem("PRIVATE KEY", key.getEncoded()));
  }

  static Path writePem(Path file, List<X509Certificate> certificates) throws IOException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : certificates) {
      text.append(pem("CERTIFICATE", encoded(certificate)));
    }
    return Files.writeString(file, text);
  }

  static String pem(String label, byte[] bytes) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** What {@code tls.pins} has for a certificate. */
  static String pin(X509Certificate certificate) throws GeneralSecurityException {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
    return "sha256/" + Base64.getEncoder().encodeToString(digest);
  }

  private static byte[] encoded(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
