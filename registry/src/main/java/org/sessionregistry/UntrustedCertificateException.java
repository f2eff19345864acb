package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/**
 * Nobody whom the session trusts ({@code tls.trust-store}, {@code tls.trust-pem}, otherwise the
 * JVM) vouches for the server's certificate.
 */
public final class UntrustedCertificateException extends TlsFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public UntrustedCertificateException(
      FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.UNTRUSTED_CERTIFICATE;
  }
}
