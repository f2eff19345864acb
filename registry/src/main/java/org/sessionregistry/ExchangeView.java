package org.sessionregistry;

import java.net.URI;
import java.util.Optional;

/**
 * One exchange as a listener sees it: the same object for all its events, so that it can be the key
 * of a map. Thread-safe.
 */
public interface ExchangeView {
  /**
   * The session's name.
   *
   * @return the name
   */
  String session();

  /**
   * The tenant on whose behalf it is sent.
   *
   * @return the tenant's name; empty unless the session is a template for tenants
   */
  default Optional<String> tenant() {
    return Optional.empty();
  }

  /**
   * The request as the interceptors around the exchange left it, with what they attached to it.
   *
   * @return the request; what is sent now can differ in method, URI and headers
   */
  Request request();

  /**
   * The method that is sent now; a redirect can change it.
   *
   * @return for example {@code GET}
   */
  String method();

  /**
   * Where it is sent now; a redirect can change it.
   *
   * @return an absolute URI, with its query
   */
  URI uri();

  /**
   * How often the request was sent, for redirects, retries and credentials together.
   *
   * @return 1 for the first attempt; 0 before
   */
  int attempt();
}
