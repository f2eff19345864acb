package org.sessionregistry.transport;

import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;
import org.sessionregistry.connector.TlsAlert;

/** Tells from what a handshake failed with why it failed. Stateless. */
final class HandshakeFailure {
  private static final int MOST_CAUSES = 10;

  private HandshakeFailure() {}

  /**
   * Why there is no TLS.
   *
   * @param peer with whom
   */
  static DialFailure of(String peer, Throwable failure) {
    if (failure instanceof SslHandshakeTimeoutException) {
      return new DialFailure(Kind.TLS_TIMEOUT, "the TLS handshake was not finished", failure);
    }
    if (failure instanceof ClosedChannelException) {
      return new DialFailure(
          Kind.TLS_FAILED, peer + " closed the connection during the TLS handshake", failure);
    }
    if (isAboutHttp(failure)) {
      return new DialFailure(
          Kind.TLS_FAILED,
          peer + " speaks no version of HTTP that http-version allows (ALPN)",
          failure);
    }
    String what = "the TLS handshake with " + peer + " failed: ";
    Throwable t = failure;
    String innermost = failure.toString();
    for (int depth = 0; t != null && depth < MOST_CAUSES; t = t.getCause(), depth++) {
      if (t instanceof CertificateRefusal refusal) {
        return new DialFailure(refusal.kind(), what + refusal.getMessage(), failure);
      }
      innermost = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
    }
    return new DialFailure(kind(failure), what + innermost, failure);
  }

  /** RFC 7301 section 3.2. */
  private static boolean isAboutHttp(Throwable failure) {
    return TlsAlert.in(failure)
        .filter(alert -> alert.description().equals("no_application_protocol"))
        .isPresent();
  }

  private static Kind kind(Throwable failure) {
    Optional<TlsAlert> alert = TlsAlert.in(failure);
    if (alert.isPresent()) {
      return alert.get().refusesCertificate()
          ? Kind.TLS_CLIENT_CERTIFICATE
          : alert.get().refusesParameters() ? Kind.TLS_NEGOTIATION : Kind.TLS_FAILED;
    }
    return isAboutParameters(failure) ? Kind.TLS_NEGOTIATION : Kind.TLS_FAILED;
  }

  /** What the JDK says when it accepts nothing that the server chose, or has nothing to offer. */
  private static boolean isAboutParameters(Throwable failure) {
    Throwable t = failure;
    for (int depth = 0; t != null && depth < MOST_CAUSES; t = t.getCause(), depth++) {
      String message = t.getMessage();
      if (t instanceof SSLException
          && message != null
          && (message.contains("No appropriate protocol")
              || message.contains("The server selected protocol version")
              || message.contains("cipher suite"))) {
        return true;
      }
    }
    return false;
  }
}
