package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** The server's certificate is trusted, but none of {@code tls.pins} is in its chain. */
public final class PinMismatchException extends TlsFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public PinMismatchException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.PIN_MISMATCH;
  }
}
