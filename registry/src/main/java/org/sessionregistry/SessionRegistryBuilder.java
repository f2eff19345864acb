package org.sessionregistry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/** Collects what a registry starts with. Not thread-safe. */
public final class SessionRegistryBuilder {
  private RegistrySettings settings = RegistrySettings.DEFAULTS;
  private final List<SharedPoolSettings> pools = new ArrayList<>();
  private final List<SessionSettings> sessions = new ArrayList<>();
  private final Map<String, SessionHooks> hooks = new LinkedHashMap<>();
  private Function<SessionSettings, SessionHooks> hooksOfEach = session -> SessionHooks.NONE;
  private final List<RegistryListener> listeners = new ArrayList<>();
  private Optional<SettingsSource> source = Optional.empty();

  SessionRegistryBuilder() {}

  /**
   * Sets what all sessions share.
   *
   * @param value the settings
   * @return this
   */
  public SessionRegistryBuilder settings(RegistrySettings value) {
    settings = value;
    return this;
  }

  /**
   * Adds a pool that sessions share: those whose {@code pool.name} is its name.
   *
   * @param pool its settings, name included
   * @return this
   */
  public SessionRegistryBuilder pool(SharedPoolSettings pool) {
    pools.add(pool);
    return this;
  }

  /**
   * Adds a session.
   *
   * @param session its settings, name included
   * @return this
   */
  public SessionRegistryBuilder session(SessionSettings session) {
    sessions.add(session);
    return this;
  }

  /**
   * Adds a session and what the application adds to it.
   *
   * @param session its settings, name included
   * @param added interceptors, listeners and a token supplier
   * @return this
   */
  public SessionRegistryBuilder session(SessionSettings session, SessionHooks added) {
    return session(session).hooks(session.name(), added);
  }

  /**
   * Sets what the application adds to a session that configuration or {@link
   * #session(SessionSettings)} names.
   *
   * @param session the session's name
   * @param added interceptors, listeners and a token supplier
   * @return this
   */
  public SessionRegistryBuilder hooks(String session, SessionHooks added) {
    hooks.put(session, added);
    return this;
  }

  /**
   * Sets what the application adds to each session that it does not open itself: those of the
   * builder and of a {@link SettingsSource}, later ones included. What {@link #hooks(String,
   * SessionHooks)} adds comes first.
   *
   * @param each asked once for each session, before it opens
   * @return this
   */
  public SessionRegistryBuilder hooks(Function<SessionSettings, SessionHooks> each) {
    hooksOfEach = each;
    return this;
  }

  /**
   * Adds one that hears of sessions as they come and go.
   *
   * @param listener the listener
   * @return this
   */
  public SessionRegistryBuilder listener(RegistryListener listener) {
    listeners.add(listener);
    return this;
  }

  /**
   * Sets where the settings come from: the registry's own, those of its pools and of its sessions,
   * in the place of {@link #settings} and {@link #pool}. They are read by {@link #build}, and again
   * by each {@link SessionRegistry#reload}, by itself if {@code reload-interval} says so.
   *
   * @param value where they are read
   * @return this
   */
  public SessionRegistryBuilder source(SettingsSource value) {
    source = Optional.of(value);
    return this;
  }

  /**
   * Opens the registry with its sessions. Does no I/O but what its {@link SettingsSource} does.
   *
   * @return the registry; close it
   * @throws IllegalArgumentException if two sessions or two pools have the same name, or a session
   *     names a pool that was not added, there are hooks for a session that is not, or a session's
   *     settings and hooks contradict each other
   */
  public SessionRegistry build() {
    // The library's own loader: a container's context class loader may not see it.
    RegistryProvider provider =
        ServiceLoader.load(RegistryProvider.class, SessionRegistry.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () ->
                    new ServiceConfigurationError(
                        "no "
                            + RegistryProvider.class.getName()
                            + " beside the API; is the session-registry jar complete?"));
    return provider.open(
        new RegistryContents(settings, pools, sessions, hooks, hooksOfEach, listeners, source));
  }
}
