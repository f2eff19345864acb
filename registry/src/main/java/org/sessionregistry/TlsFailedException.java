package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** The TLS handshake failed: certificate not trusted, wrong host, or no common protocol. */
public final class TlsFailedException extends SessionException {
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
}
