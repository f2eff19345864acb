package org.sessionregistry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A redirect that must not or cannot be followed: from https to http, to something that is no http
 * URL, or with a body that cannot be sent again.
 */
public final class RedirectRefusedException extends RedirectException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param history the way until here
   * @param cause what was caught, if anything
   */
  public RedirectRefusedException(
      FailureDetail detail, String what, List<Redirect> history, @Nullable Throwable cause) {
    super(detail, what, history, cause);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.REDIRECT_REFUSED;
  }
}
