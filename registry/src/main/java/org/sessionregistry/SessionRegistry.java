package org.sessionregistry;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SettingsExplanation;

/**
 * The named sessions of an application, and the threads that serve them all. One registry is enough
 * for an application; closing it closes every session side by side and ends its threads.
 * Thread-safe.
 */
public interface SessionRegistry extends AutoCloseable {
  /**
   * Collects sessions for a registry outside of any container.
   *
   * @return a builder
   */
  static SessionRegistryBuilder builder() {
    return new SessionRegistryBuilder();
  }

  /**
   * A session by its name.
   *
   * @param name the name
   * @return the session
   * @throws UnknownSessionException if there is none; it says which names exist
   */
  ClientSession session(String name);

  /**
   * The session that a tenant has of a template ({@code tenancy=required} or {@code optional}):
   * with its own cookies, credentials and limits, and its part of the template's pool. It is opened
   * with the first request, and closed when it was idle for {@code tenancy.idle-timeout} or there
   * are more than {@code tenancy.max-tenants}; then the next request opens it again, without its
   * cookies. Closing it does that, too.
   *
   * @param name the template's name
   * @param tenant the tenant's name: text without control characters
   * @return the tenant's session
   * @throws UnknownSessionException if there is no such template; it says which names exist
   * @throws IllegalArgumentException if the session has no tenants, or the tenant's name is none
   */
  ClientSession session(String name, String tenant);

  /**
   * A session by its name, if there is one.
   *
   * @param name the name
   * @return the session, or empty
   */
  Optional<ClientSession> find(String name);

  /**
   * The names of all sessions, in the order in which they were opened.
   *
   * @return the names
   */
  Set<String> names();

  /**
   * Opens a session in code. Does no I/O.
   *
   * @param settings what it is told, its name included
   * @return the session
   * @throws IllegalArgumentException if a session of that name exists, or the pool that it names
   *     does not
   * @throws IllegalStateException if the registry is closed
   */
  default ClientSession open(SessionSettings settings) {
    return open(settings, SessionHooks.NONE);
  }

  /**
   * Opens a session in code, with what the application adds to it. Does no I/O.
   *
   * @param settings what it is told, its name included
   * @param hooks interceptors, listeners, a token supplier, a jar
   * @return the session
   * @throws IllegalArgumentException if a session of that name exists, the pool that it names does
   *     not, or settings and hooks contradict each other
   * @throws IllegalStateException if the registry is closed
   */
  ClientSession open(SessionSettings settings, SessionHooks hooks);

  /**
   * Explains what a session really uses, and where each value came from. Its text form is for
   * people, and shows no secret.
   *
   * @param name the session's name
   * @return key, value and origin of every setting; empty for a session that was opened in code
   * @throws UnknownSessionException if there is no such session; it says which names exist
   */
  Optional<SettingsExplanation> explain(String name);

  /**
   * Explains what a tenant's session really uses.
   *
   * @param name the template's name
   * @param tenant the tenant's name
   * @return key, value and origin of every setting; empty for a session that was opened in code
   * @throws UnknownSessionException if there is no such session; it says which names exist
   */
  Optional<SettingsExplanation> explain(String name, String tenant);

  /**
   * Reads the settings again and lets what has changed take effect: sessions that are new are
   * opened, those that are gone are closed, and those that have changed serve their next requests
   * under the new settings. Requests in flight or in a queue finish under the old ones. Pools whose
   * settings did not change keep their connections, and sessions their cookies. Sessions opened in
   * code stay as they are. Either all of it takes effect or nothing.
   *
   * <p>Blocks as long as reading the settings does; no request waits for it.
   *
   * @return what has changed
   * @throws IllegalStateException if the registry is closed, has no {@link SettingsSource}, or on a
   *     thread of the registry, which must not be blocked
   * @throws RuntimeException if the new settings cannot be used: everything stays as it is
   */
  ReloadReport reload();

  /**
   * What each session has done and what its pool is doing now.
   *
   * @return a snapshot of each session
   */
  RegistryStatistics statistics();

  /**
   * Closes every session, side by side, then ends the registry's threads. Closing twice returns the
   * same stage.
   *
   * @return completes when no connection and no thread is left
   */
  CompletionStage<Void> closeAsync();

  /**
   * Closes the registry and waits until no connection and no thread is left. An interrupt ends the
   * wait, not the closing, and stays set.
   *
   * @throws IllegalStateException on a thread of the registry, which must not be blocked
   */
  @Override
  void close();
}
