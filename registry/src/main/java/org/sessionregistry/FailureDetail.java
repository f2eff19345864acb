package org.sessionregistry;

import java.net.URI;
import java.time.Duration;

/**
 * What every failure of an exchange tells: whose, where, after how long.
 *
 * @param session the session's name
 * @param method the request's method
 * @param uri the request's absolute URI
 * @param elapsed from the start of the exchange to the failure
 * @param phases where that time went
 */
public record FailureDetail(
    String session, String method, URI uri, Duration elapsed, PhaseTimes phases) {

  /** {@code session 'github': GET https://api.github.com/users after 250 ms}, without the query. */
  @Override
  public String toString() {
    String target = uri.toString();
    int query = target.indexOf('?');
    return "session '"
        + session
        + "': "
        + method
        + " "
        + (query < 0 ? target : target.substring(0, query) + "?…")
        + " after "
        + PhaseTimes.text(elapsed);
  }
}
