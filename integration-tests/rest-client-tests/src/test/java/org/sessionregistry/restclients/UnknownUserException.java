package org.sessionregistry.restclients;

/** What {@link UnknownUserMapper} makes of a 404. */
public class UnknownUserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownUserException(String message) {
    super(message);
  }
}
