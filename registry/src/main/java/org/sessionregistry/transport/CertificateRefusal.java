package org.sessionregistry.transport;

import java.security.cert.CertificateException;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;

/** Why the server's certificate was not accepted; what the handshake fails with. */
final class CertificateRefusal extends CertificateException {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  CertificateRefusal(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
