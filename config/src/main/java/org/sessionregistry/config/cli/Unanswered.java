package org.sessionregistry.config.cli;

/** A question that cannot be answered, and what to change about it. */
final class Unanswered extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unanswered(String message) {
    super(message);
  }
}
