package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** A certificate of the server's chain has expired or is not valid yet. */
public final class ExpiredCertificateException extends TlsFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public ExpiredCertificateException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.EXPIRED_CERTIFICATE;
  }
}
