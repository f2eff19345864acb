package org.sessionregistry.transport;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.sessionregistry.settings.TlsSettings;

/** Builds the JDK's contexts from settings and the files they name. Building blocks. */
final class TlsContexts {
  /** What {@link SSLContext#getDefault()} is, unless the application has replaced it. */
  private static final String UNTOUCHED = "Default";

  private TlsContexts() {}

  static SSLContext build(TlsSettings settings) throws IOException, GeneralSecurityException {
    SSLContext context = isLeftToTheJvm(settings) ? SSLContext.getDefault() : null;
    if (context == null || context.getProtocol().equals(UNTOUCHED)) {
      context = SSLContext.getInstance("TLS");
      context.init(
          TlsIdentity.load(settings),
          new TrustManager[] {new PeerCheck(TlsTrust.load(settings), new Pins(settings.pins()))},
          null);
    }
    checkSupported(
        "tls.protocols", settings.protocols(), context.getSupportedSSLParameters().getProtocols());
    checkSupported(
        "tls.ciphers", settings.ciphers(), context.getSupportedSSLParameters().getCipherSuites());
    return context;
  }

  /** Whether the application's own default context, if it has one, says all there is to say. */
  private static boolean isLeftToTheJvm(TlsSettings settings) {
    return settings.trustPem().isEmpty()
        && settings.trustStore().path().isEmpty()
        && !settings.trustAll()
        && settings.keyStore().path().isEmpty()
        && settings.certificatePem().isEmpty()
        && settings.pins().isEmpty();
  }

  private static void checkSupported(String setting, List<String> wanted, String[] supported)
      throws TlsConfigurationFailure {
    for (String name : wanted) {
      if (!Arrays.asList(supported).contains(name)) {
        throw new TlsConfigurationFailure(
            setting,
            setting
                + " has '"
                + CertificateText.safe(name)
                + "', which this JVM does not support; it supports "
                + String.join(", ", new TreeSet<>(Arrays.asList(supported))),
            null);
      }
    }
  }
}
