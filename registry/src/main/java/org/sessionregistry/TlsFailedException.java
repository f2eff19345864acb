package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/**
 * There is no TLS connection: each reason that asks for another remedy is a type of its own, and
 * this type itself says that the server broke the handshake off without a reason.
 */
public sealed class TlsFailedException extends SessionException
    permits ClientCertificateRefusedException,
        ExpiredCertificateException,
        PinMismatchException,
        TlsConfigurationException,
        TlsNegotiationException,
        UntrustedCertificateException,
        WrongHostException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public TlsFailedException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.TLS_FAILED;
  }
}
