package org.sessionregistry.exchange;

import java.util.List;
import java.util.Optional;
import org.sessionregistry.ClientCertificateRefusedException;
import org.sessionregistry.ExpiredCertificateException;
import org.sessionregistry.FailureDetail;
import org.sessionregistry.PinMismatchException;
import org.sessionregistry.SessionException;
import org.sessionregistry.TlsConfigurationException;
import org.sessionregistry.TlsFailedException;
import org.sessionregistry.TlsNegotiationException;
import org.sessionregistry.UntrustedCertificateException;
import org.sessionregistry.WrongHostException;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.connector.TlsAlert;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TlsSettings;

/** What {@link Failures} says when there is no TLS connection. Immutable. */
final class TlsFailures {
  private final String prefix;
  private final TlsSettings settings;

  TlsFailures(SessionSettings settings) {
    this.prefix = "client-session." + settings.name() + ".tls.";
    this.settings = settings.tls();
  }

  SessionException handshake(FailureDetail detail, DialFailure failure) {
    String what = failure.message();
    Throwable cause = failure.cause();
    return switch (failure.kind()) {
      case TLS_UNTRUSTED ->
          new UntrustedCertificateException(detail, what + "; " + trusting(), cause);
      case TLS_EXPIRED ->
          new ExpiredCertificateException(
              detail,
              what + "; the server needs a new certificate, or the clock of this machine is wrong",
              cause);
      case TLS_WRONG_HOST ->
          new WrongHostException(
              detail,
              what
                  + "; use a host that it names, or set "
                  + prefix
                  + "server-name to one that this server is known by",
              cause);
      case TLS_PIN_MISMATCH ->
          new PinMismatchException(
              detail,
              what + "; if the server's key was replaced on purpose, change " + prefix + "pins",
              cause);
      case TLS_NEGOTIATION ->
          new TlsNegotiationException(
              detail,
              what
                  + "; no common protocol version or cipher suite with "
                  + offered("protocols", settings.protocols())
                  + " and "
                  + offered("ciphers", settings.ciphers())
                  + (hasIdentity()
                      ? ""
                      : ", unless the server wants a client certificate (" + identity() + ")"),
              cause);
      case TLS_CLIENT_CERTIFICATE ->
          new ClientCertificateRefusedException(detail, what + "; " + clientCertificate(), cause);
      case TLS_CONFIGURATION ->
          new TlsConfigurationException(
              detail, what + "; correct the file or the setting of this session", cause);
      default -> new TlsFailedException(detail, what, cause);
    };
  }

  /** With TLS 1.3 a server looks at the client's certificate when the handshake is over. */
  Optional<SessionException> afterHandshake(FailureDetail detail, WireFailure failure) {
    return TlsAlert.in(failure.cause())
        .filter(TlsAlert::refusesCertificate)
        .map(
            alert ->
                new ClientCertificateRefusedException(
                    detail,
                    "the server ended the connection with the alert "
                        + alert.description()
                        + "; "
                        + clientCertificate(),
                    failure.cause()));
  }

  private String trusting() {
    if (settings.trustPem().isPresent()) {
      return prefix + "trust-pem=" + settings.trustPem().get() + " does not have its issuer";
    }
    return settings.trustStore().path().isPresent()
        ? prefix
            + "trust-store.path="
            + settings.trustStore().path().get()
            + " does not have its issuer"
        : "the JVM does not trust its issuer: put that into "
            + prefix
            + "trust-pem or "
            + prefix
            + "trust-store.path";
  }

  private String clientCertificate() {
    return hasIdentity()
        ? "the server does not accept the certificate of " + identity()
        : "the server wants a client certificate: set " + identity();
  }

  private boolean hasIdentity() {
    return settings.certificatePem().isPresent() || settings.keyStore().path().isPresent();
  }

  private String identity() {
    if (settings.certificatePem().isPresent()) {
      return prefix + "certificate-pem=" + settings.certificatePem().get();
    }
    return settings.keyStore().path().isPresent()
        ? prefix + "key-store.path=" + settings.keyStore().path().get()
        : prefix + "key-store.path or " + prefix + "certificate-pem";
  }

  private String offered(String setting, List<String> values) {
    return prefix
        + setting
        + (values.isEmpty() ? " as the JVM has them" : "=" + String.join(",", values));
  }
}
