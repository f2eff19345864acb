package org.sessionregistry;

/** The TLS handshake took longer than {@code timeout.tls-handshake}. */
public final class TlsHandshakeTimeoutException extends SessionTimeoutException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what which limit was reached and what to change
   */
  public TlsHandshakeTimeoutException(FailureDetail detail, String what) {
    super(detail, what);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.TLS_HANDSHAKE_TIMEOUT;
  }
}
