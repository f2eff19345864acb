package org.sessionregistry.transport;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.KeyStoreSettings;
import org.sessionregistry.settings.TlsSettings;

/** Whom the session trusts: certificates from files, those of the JVM, or all. Loading blocks. */
final class TlsTrust {
  private static final String TRUST_PEM = "tls.trust-pem";
  private static final String TRUST_STORE = "tls.trust-store";

  private TlsTrust() {}

  static X509ExtendedTrustManager load(TlsSettings settings)
      throws IOException, GeneralSecurityException {
    if (settings.trustAll()) {
      return new TrustAll();
    }
    if (settings.trustPem().isPresent()) {
      return fromStore(
          asStore(Pem.read(TRUST_PEM, settings.trustPem().get()).certificates()),
          TRUST_PEM,
          settings.trustPem().get());
    }
    KeyStoreSettings store = settings.trustStore();
    if (store.path().isPresent()) {
      return fromStore(
          TlsKeyStore.open(TRUST_STORE, store.path().get(), store),
          TRUST_STORE + ".path",
          store.path().get());
    }
    return fromStore(null, "the JVM", Path.of(""));
  }

  private static KeyStore asStore(List<X509Certificate> certificates)
      throws IOException, GeneralSecurityException {
    KeyStore store = TlsKeyStore.empty();
    for (int i = 0; i < certificates.size(); i++) {
      store.setCertificateEntry("trusted-" + i, certificates.get(i));
    }
    return store;
  }

  /** Trust in what a store holds; without a store, what the JVM trusts. */
  private static X509ExtendedTrustManager fromStore(
      @Nullable KeyStore store, String setting, Path path)
      throws IOException, GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager trust) {
        if (store != null && trust.getAcceptedIssuers().length == 0) {
          throw new TlsConfigurationFailure(
              setting, setting + " " + path + " has no trusted certificate", null);
        }
        return trust;
      }
    }
    throw new GeneralSecurityException("the JVM has no trust manager for X.509 certificates");
  }
}
