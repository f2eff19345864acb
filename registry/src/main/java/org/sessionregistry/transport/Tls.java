package org.sessionregistry.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Route;
import org.sessionregistry.settings.KeyStoreSettings;
import org.sessionregistry.settings.TlsSettings;

/**
 * Turns TLS settings into engines of the JDK. Files are read once, when the first https connection
 * is opened, away from the event loops; a failure is not kept, so that a mended file is used.
 * Thread-safe.
 */
final class Tls {
  private final TlsSettings settings;
  private final Executor blocking;
  private final AtomicReference<@Nullable CompletableFuture<SSLContext>> context =
      new AtomicReference<>();

  Tls(TlsSettings settings, Executor blocking) {
    this.settings = settings;
    this.blocking = blocking;
  }

  CompletableFuture<SSLContext> context() {
    CompletableFuture<SSLContext> known = context.get();
    if (known != null && !known.isCompletedExceptionally()) {
      return known;
    }
    CompletableFuture<SSLContext> mine = new CompletableFuture<>();
    if (!context.compareAndSet(known, mine)) {
      return context();
    }
    try {
      blocking.execute(() -> load(mine));
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
    }
    return mine;
  }

  SSLEngine engine(SSLContext loaded, Route route) {
    SSLEngine engine = loaded.createSSLEngine(route.host(), route.port());
    engine.setUseClientMode(true);
    if (settings.verifyHostname()) {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9110 section 4.3.4
      engine.setSSLParameters(parameters);
    }
    return engine;
  }

  private void load(CompletableFuture<SSLContext> result) {
    try {
      KeyStore trusted = trusted();
      if (trusted == null) {
        result.complete(SSLContext.getDefault());
        return;
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext loaded = SSLContext.getInstance("TLS");
      loaded.init(null, trust.getTrustManagers(), null);
      result.complete(loaded);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  /** The trusted certificates, or null for those of the JVM. */
  private @Nullable KeyStore trusted() throws IOException, GeneralSecurityException {
    KeyStoreSettings store = settings.trustStore();
    if (store.path().isPresent()) {
      return keyStore(store, store.path().get());
    }
    return settings.trustPem().isPresent() ? pem(settings.trustPem().get()) : null;
  }

  private static KeyStore keyStore(KeyStoreSettings settings, Path path)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(settings.type());
    try (InputStream in = Files.newInputStream(path)) {
      store.load(in, settings.password().map(p -> p.value().toCharArray()).orElse(null));
    } catch (IOException e) {
      throw new SSLException(
          "tls.trust-store.path " + path + " cannot be read as " + settings.type(), e);
    }
    return store;
  }

  private static KeyStore pem(Path path) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    try (InputStream in = Files.newInputStream(path)) {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + number++, certificate);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new SSLException("tls.trust-pem " + path + " cannot be read as certificates", e);
    }
    if (number == 0) {
      throw new SSLException("tls.trust-pem " + path + " has no certificate");
    }
    return store;
  }
}
