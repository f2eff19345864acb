package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/**
 * The response is larger than {@code limits.response-headers} or {@code limits.buffered-body}
 * allows.
 */
public final class ResponseTooLargeException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public ResponseTooLargeException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.RESPONSE_TOO_LARGE;
  }
}
