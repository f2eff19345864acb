package org.sessionregistry.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.KeyStoreSettings;
import org.sessionregistry.settings.Secret;
import org.sessionregistry.settings.TlsSettings;

/**
 * Who the session is towards servers that ask: a certificate and its private key from files, or
 * what the JVM's own properties ({@code javax.net.ssl.keyStore}) say. Loading blocks.
 */
final class TlsIdentity {
  static final String CERTIFICATE_PEM = "tls.certificate-pem";
  private static final String KEY_PEM = "tls.key-pem";
  private static final String KEY_STORE = "tls.key-store";
  private static final String JVM = "javax.net.ssl.keyStore";

  /** Guards nothing: the store in memory only takes keys with a password. */
  private static final char[] IN_MEMORY = {'-'};

  private TlsIdentity() {}

  /** The key managers, or null for no certificate. */
  static KeyManager @Nullable [] load(TlsSettings settings)
      throws IOException, GeneralSecurityException {
    if (settings.certificatePem().isPresent()) {
      return fromPem(settings.certificatePem().get(), settings.keyPem());
    }
    if (settings.keyStore().path().isPresent()) {
      return fromStore(KEY_STORE, settings.keyStore().path().get(), settings.keyStore());
    }
    String jvm = System.getProperty(JVM, "");
    return jvm.isEmpty() || jvm.equals("NONE") ? null : fromStore(JVM, Path.of(jvm), ofJvm(jvm));
  }

  private static KeyStoreSettings ofJvm(String path) {
    return new KeyStoreSettings(
        Optional.of(Path.of(path)),
        Optional.ofNullable(System.getProperty(JVM + "Password")).map(Secret::new),
        System.getProperty(JVM + "Type", KeyStore.getDefaultType()));
  }

  private static KeyManager[] fromStore(String setting, Path path, KeyStoreSettings settings)
      throws IOException, GeneralSecurityException {
    KeyStore store = TlsKeyStore.open(setting, path, settings);
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        char[] password = TlsKeyStore.password(settings);
        try {
          return managers(store, password == null ? new char[0] : password);
        } catch (GeneralSecurityException e) {
          throw new TlsConfigurationFailure(
              setting + ".path",
              setting
                  + ".path "
                  + path
                  + ": its private key cannot be read; it must have the password of the store",
              e);
        }
      }
    }
    throw new TlsConfigurationFailure(
        setting + ".path", setting + ".path " + path + " has no private key", null);
  }

  private static KeyManager[] fromPem(Path certificatePem, Optional<Path> keyPem)
      throws IOException, GeneralSecurityException {
    Pem pem = Pem.read(CERTIFICATE_PEM, certificatePem);
    List<X509Certificate> chain = pem.certificates();
    PrivateKey key = (keyPem.isPresent() ? Pem.read(KEY_PEM, keyPem.get()) : pem).privateKey();
    if (!belongTogether(key, chain.get(0).getPublicKey())) {
      throw new TlsConfigurationFailure(
          keyPem.isPresent() ? KEY_PEM : CERTIFICATE_PEM,
          (keyPem.isPresent() ? KEY_PEM + " " + keyPem.get() + " is not" : "its private key is not")
              + " the key of the first certificate in "
              + CERTIFICATE_PEM
              + " "
              + certificatePem,
          null);
    }
    KeyStore store = TlsKeyStore.empty();
    store.setKeyEntry("client", key, IN_MEMORY, chain.toArray(Certificate[]::new));
    return managers(store, IN_MEMORY);
  }

  private static KeyManager[] managers(KeyStore store, char[] password)
      throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  /** Whether what one signs, the other verifies: files may be replaced one after the other. */
  private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "Ed25519";
        };
    try {
      byte[] sample = {1, 2, 3};
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(sample);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // keys of different algorithms
    }
  }
}
