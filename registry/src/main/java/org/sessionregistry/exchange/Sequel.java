package org.sessionregistry.exchange;

import org.sessionregistry.FailedAttempt;
import org.sessionregistry.Redirect;

/** What follows an attempt that is not the last one. */
sealed interface Sequel {
  /** The answer leads elsewhere. */
  record Elsewhere(Redirect redirect) implements Sequel {}

  /** The same once more, after a while. */
  record Again(FailedAttempt failed) implements Sequel {}

  /** The same once more, with other credentials. */
  record Authenticated() implements Sequel {}

  /** The same once more, without the expectation that the server refused. */
  record Unexpecting(Attempt refused) implements Sequel {}

  /** The request's body would not say whether it can be sent again. */
  record Broken(Throwable cause) implements Sequel {}
}
