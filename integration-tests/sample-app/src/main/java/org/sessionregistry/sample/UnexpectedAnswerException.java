package org.sessionregistry.sample;

/** A service answered, but not with anything that the storefront knows what to do with. */
public final class UnexpectedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnexpectedAnswerException(String session, int status, String body) {
    super(
        "the service of session '"
            + session
            + "' answered "
            + status
            + ": "
            + (body.length() > 80 ? body.substring(0, 80) + "..." : body));
  }
}
