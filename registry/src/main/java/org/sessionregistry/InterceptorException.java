package org.sessionregistry;

import org.jspecify.annotations.Nullable;

/** An interceptor of the application failed. */
public final class InterceptorException extends SessionException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param cause what was caught, if anything
   */
  public InterceptorException(FailureDetail detail, String what, @Nullable Throwable cause) {
    super(detail, what, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.INTERCEPTOR;
  }
}
