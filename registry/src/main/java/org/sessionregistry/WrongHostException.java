package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** The server's certificate is trusted but names other hosts (RFC 9110 section 4.3.4). */
public final class WrongHostException extends TlsFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public WrongHostException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.WRONG_HOST;
  }
}
