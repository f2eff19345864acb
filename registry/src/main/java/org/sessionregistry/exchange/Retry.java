package org.sessionregistry.exchange;

import java.util.Set;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;

/** Whether a request may be sent again without anybody's consent. */
final class Retry {
  /** RFC 9110 section 9.2.2. */
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

  private Retry() {}

  /**
   * Whether sending it twice has the effect of sending it once (RFC 9110 section 9.2.2), and can be
   * done.
   */
  static boolean mayRepeat(Outgoing request) {
    return IDEMPOTENT.contains(request.method()) && request.body().replayable();
  }

  /**
   * When nothing was written, always; when the peer says that it did not process the request, if
   * the body can be sent again (RFC 9113 section 8.7); otherwise only if the method is idempotent
   * too (RFC 9112 section 9.3.1).
   */
  static boolean allowed(Outgoing request, Kind failure) {
    return switch (failure) {
      case NOT_SENT -> true;
      case REFUSED -> request.body().replayable();
      case CLOSED_UNANSWERED -> mayRepeat(request);
      default -> false;
    };
  }
}
