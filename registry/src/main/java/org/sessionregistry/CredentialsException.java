package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** The session's token supplier failed or gave what is no token; nothing was sent. */
public final class CredentialsException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public CredentialsException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.CREDENTIALS;
  }
}
