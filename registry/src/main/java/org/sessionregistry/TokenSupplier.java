package org.sessionregistry;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Gives a session the token that it sends as {@code Authorization: Bearer} (RFC 6750) to the origin
 * of its base URL. A token is kept and used until the server answers 401; then the supplier is
 * asked once more, whatever the number of requests that were answered so, and each of them is sent
 * once more with the new token. Thread-safe implementations only.
 */
@FunctionalInterface
public interface TokenSupplier {
  /**
   * Fetches a token. Called on the thread that sends a request, or on a thread of the registry,
   * which must not be blocked; never twice at the same time for one session. It may well use
   * another session to ask for the token; the requests that wait for it hold no connection.
   *
   * @return completes with the token
   */
  CompletionStage<String> token();

  /**
   * Fetches the token of a tenant, for a session that is a template of which each tenant has its
   * own. Each tenant's token is kept by itself. Asks {@link #token()} unless it is overridden.
   *
   * @param tenant the tenant; empty for a session that is used without one
   * @return completes with the token
   */
  default CompletionStage<String> token(Optional<String> tenant) {
    return token();
  }
}
