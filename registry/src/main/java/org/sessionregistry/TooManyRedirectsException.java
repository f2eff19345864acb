package org.sessionregistry;

import java.util.List;

/** More redirects than {@code redirects.max}, or one that leads in a circle. */
public final class TooManyRedirectsException extends RedirectException {
  private static final long serialVersionUID = 1L;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param history the way until here
   */
  public TooManyRedirectsException(FailureDetail detail, String what, List<Redirect> history) {
    super(detail, what, history, null);
  }

  @Override
  public FailureKind kind() {
    return FailureKind.TOO_MANY_REDIRECTS;
  }
}
