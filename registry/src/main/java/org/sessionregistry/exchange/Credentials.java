package org.sessionregistry.exchange;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Headers;

/** Who the session says it is, to the origin of its base URL. Thread-safe. */
interface Credentials {
  /** Whether {@link #authorization} knows what to say; otherwise {@link #prepare} comes first. */
  default boolean ready() {
    return true;
  }

  /** Finds out what to say, once for all that ask at the same time. */
  default CompletionStage<?> prepare() {
    throw new IllegalStateException("there is nothing to prepare");
  }

  /**
   * The value of {@code Authorization} for one attempt; null to send none.
   *
   * @param target path and query
   */
  @Nullable String authorization(String method, String target);

  /**
   * The answer was 401.
   *
   * @param sent what {@link #authorization} had said for it
   * @return whether there is something else to say now
   */
  default boolean refused(@Nullable String sent, Headers answer) {
    return false;
  }

  /** How many times {@link #refused} may be asked for one exchange, so that it ends. */
  default int mostRefusals() {
    return 1;
  }

  /** The answer was another. */
  default void accepted(Headers answer) {}
}
