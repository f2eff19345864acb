package org.sessionregistry;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What every failure of an exchange tells: whose, where, after how long, and what the pool was
 * doing if there was no connection.
 *
 * @param session the session's name
 * @param tenant whose session of that name, if it is a template for tenants
 * @param method the request's method
 * @param uri the request's absolute URI
 * @param elapsed from the start of the exchange to the failure
 * @param phases where that time went
 * @param pool the pool at that moment, if the exchange failed before it had a connection
 */
public record FailureDetail(
    String session,
    Optional<String> tenant,
    String method,
    URI uri,
    Duration elapsed,
    PhaseTimes phases,
    Optional<PoolStatistics> pool) {

  /**
   * A failure of a session without tenants that has nothing to do with the pool.
   *
   * @param session the session's name
   * @param method the request's method
   * @param uri the request's absolute URI
   * @param elapsed from the start of the exchange to the failure
   * @param phases where that time went
   */
  public FailureDetail(
      String session, String method, URI uri, Duration elapsed, PhaseTimes phases) {
    this(session, Optional.empty(), method, uri, elapsed, phases, Optional.empty());
  }

  /**
   * A copy that shows the pool.
   *
   * @param value the pool at the moment of the failure
   * @return the copy
   */
  public FailureDetail withPool(PoolStatistics value) {
    return new FailureDetail(session, tenant, method, uri, elapsed, phases, Optional.of(value));
  }

  /**
   * {@code session 'github': GET https://api.github.com/users after 250 ms}, without query and
   * fragment.
   */
  @Override
  public String toString() {
    String target = uri.toString();
    int fragment = target.indexOf('#');
    target = fragment < 0 ? target : target.substring(0, fragment);
    int query = target.indexOf('?');
    return "session '"
        + session
        + tenant.map(whose -> "' of tenant '" + whose).orElse("")
        + "': "
        + method
        + " "
        + (query < 0 ? target : target.substring(0, query) + "?…")
        + " after "
        + PhaseTimes.text(elapsed);
  }
}
