package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/**
 * A listener of the request, or a jar of the application's own, threw; what it threw is the cause.
 */
public final class ListenerFailedException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public ListenerFailedException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.LISTENER_FAILED;
  }
}
