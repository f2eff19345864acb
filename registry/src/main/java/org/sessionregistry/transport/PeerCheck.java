package org.sessionregistry.transport;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;

/**
 * Checks a server's certificate: the JDK decides, then the pins do, and a refusal tells what kind
 * it is and what the certificate says. It never accepts what the JDK refuses. Thread-safe.
 */
final class PeerCheck extends X509ExtendedTrustManager {
  private static final int MOST_CAUSES = 10;

  private final X509ExtendedTrustManager jdk;
  private final Pins pins;

  PeerCheck(X509ExtendedTrustManager jdk, Pins pins) {
    this.jdk = jdk;
    this.pins = pins;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      jdk.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      throw refusal(chain, authType, engine.getPeerHost(), e);
    }
    checkPins(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    jdk.checkServerTrusted(chain, authType, socket);
    checkPins(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jdk.checkServerTrusted(chain, authType);
    checkPins(chain);
  }

  private void checkPins(X509Certificate[] chain) throws CertificateException {
    if (!pins.areDemanded()) {
      return;
    }
    try {
      if (!pins.match(chain, getAcceptedIssuers())) {
        throw new CertificateRefusal(
            Kind.TLS_PIN_MISMATCH,
            "none of tls.pins is in its chain, which has "
                + String.join(", ", pins.found(chain, getAcceptedIssuers()))
                + "; its certificate is "
                + CertificateText.of(chain[0]),
            null);
      }
    } catch (CertificateException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new CertificateRefusal(
          Kind.TLS_PIN_MISMATCH, "its chain cannot be compared with tls.pins: " + e, e);
    }
  }

  private CertificateRefusal refusal(
      X509Certificate[] chain, String authType, String host, CertificateException e) {
    X509Certificate told = chain[0];
    Kind kind = Kind.TLS_UNTRUSTED;
    String what = "its certificate is not trusted";
    if (isAboutTime(e)) {
      kind = Kind.TLS_EXPIRED;
      told = outOfTime(chain);
      what =
          hasExpired(told, Instant.now())
              ? "its certificate has expired"
              : "its certificate is not valid yet";
    } else if (isAboutName(chain, authType, e)) {
      kind = Kind.TLS_WRONG_HOST;
      what = "its certificate does not name '" + host + "'";
    }
    return new CertificateRefusal(
        kind,
        what + " (" + CertificateText.safe(innermost(e)) + "); it is " + CertificateText.of(told),
        e);
  }

  private static boolean isAboutTime(Throwable failure) {
    Throwable t = failure;
    for (int depth = 0; t != null && depth < MOST_CAUSES; t = t.getCause(), depth++) {
      if (t instanceof CertificateExpiredException
          || t instanceof CertificateNotYetValidException
          || (t instanceof CertPathValidatorException path
              && (path.getReason() == BasicReason.EXPIRED
                  || path.getReason() == BasicReason.NOT_YET_VALID))) {
        return true;
      }
    }
    return false;
  }

  /** The certificate that is out of its time, or the first if none is. */
  private static X509Certificate outOfTime(X509Certificate[] chain) {
    Instant now = Instant.now();
    for (X509Certificate certificate : chain) {
      if (hasExpired(certificate, now) || certificate.getNotBefore().toInstant().isAfter(now)) {
        return certificate;
      }
    }
    return chain[0];
  }

  private static boolean hasExpired(X509Certificate certificate, Instant now) {
    return certificate.getNotAfter().toInstant().isBefore(now);
  }

  /** Whether the chain would do for another host: without an engine the JDK looks at no name. */
  private boolean isAboutName(X509Certificate[] chain, String authType, Throwable failure) {
    Throwable t = failure;
    for (int depth = 0; t != null && depth < MOST_CAUSES; t = t.getCause(), depth++) {
      if (t instanceof CertPathValidatorException) {
        return false;
      }
    }
    try {
      jdk.checkServerTrusted(chain, authType);
      return true;
    } catch (CertificateException e) {
      return false;
    }
  }

  private static String innermost(Throwable failure) {
    String message = failure.toString();
    Throwable t = failure;
    for (int depth = 0; t != null && depth < MOST_CAUSES; t = t.getCause(), depth++) {
      message = t.getMessage() == null ? message : t.getMessage();
    }
    return message;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    jdk.checkClientTrusted(chain, authType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jdk.getAcceptedIssuers();
  }
}
