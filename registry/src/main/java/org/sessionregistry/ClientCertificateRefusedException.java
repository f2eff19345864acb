package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/**
 * The server demands a client certificate, or refuses the one it was shown. With TLS 1.3 a server
 * says so after the handshake, that is, when the request is already on its way.
 */
public final class ClientCertificateRefusedException extends TlsFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public ClientCertificateRefusedException(
      FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.CLIENT_CERTIFICATE_REFUSED;
  }
}
