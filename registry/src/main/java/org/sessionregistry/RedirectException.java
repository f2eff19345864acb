package org.sessionregistry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A redirect was not followed. */
public abstract sealed class RedirectException extends SessionException
    permits TooManyRedirectsException, RedirectRefusedException {
  private static final long serialVersionUID = 1L;

  /** Not part of the serial form: it is for the program that sent the request. */
  private final transient List<Redirect> history;

  RedirectException(
      FailureDetail detail, String what, List<Redirect> history, @Nullable Throwable cause) {
    super(detail, what, cause);
    this.history = List.copyOf(history);
  }

  /**
   * The way until here, the redirect that was not followed at the end.
   *
   * @return the redirects in their order
   */
  public List<Redirect> history() {
    return history;
  }
}
