package org.sessionregistry.cdi;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SettingsSource;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.settings.SessionSettings;

/**
 * Opens the registry that is configured, with what beans add to its sessions, and closes it. The
 * beans' instances live longer than the sessions. Opened at most once at a time, and closed after
 * that; {@link ApplicationRegistry} sees to it.
 */
final class HookedRegistry {
  /** What is added to the sessions, from the opening of the registry to its end. */
  interface Hooks {
    SessionHooks of(SessionSettings session);

    /** The registry is open. */
    default void opened(SessionRegistry registry) {}

    /** After the sessions are closed. */
    default void release() {}
  }

  private final ConfiguredRegistry configured;
  private final Supplier<ConfiguredRegistry> again;
  private final Supplier<Hooks> hooks;
  private final SessionEvents events;
  private final OrderlyClosing closing;
  private final ContextLoader application = ContextLoader.current();

  /** Null unless the registry is open. */
  private volatile @Nullable Hooks instances;

  /**
   * A registry that is not open. Made by the thread that starts the application.
   *
   * @param configured what it opens with
   * @param again reads what is configured later, and checks it as it was at deployment
   * @param hooks makes what is added to the sessions
   * @param events tells the application of its sessions
   */
  HookedRegistry(
      ConfiguredRegistry configured,
      Supplier<ConfiguredRegistry> again,
      Supplier<Hooks> hooks,
      SessionEvents events) {
    this.configured = configured;
    this.again = again;
    this.hooks = hooks;
    this.events = events;
    this.closing = new OrderlyClosing(configured.settings().shutdownTimeout());
  }

  SessionRegistry open() {
    Hooks made = application.call(hooks);
    try {
      SessionRegistry registry =
          SessionRegistry.builder()
              .source(source())
              .hooks(session -> application.call(() -> made.of(session)))
              .listener(events)
              .build();
      opened(registry, made);
      instances = made;
      return registry;
    } catch (RuntimeException | Error e) {
      made.release();
      throw e;
    }
  }

  private static void opened(SessionRegistry registry, Hooks made) {
    try {
      made.opened(registry);
    } catch (RuntimeException | Error e) {
      registry.close(); // nobody gets to know it
      throw e;
    }
  }

  /** What was deployed, and later what is configured then. */
  private SettingsSource source() {
    AtomicBoolean deployed = new AtomicBoolean();
    return () ->
        deployed.compareAndSet(false, true) ? configured.plan() : application.call(again).plan();
  }

  /** The application begins to stop: nothing may hold it up from now on. */
  StopDeadline stopping(SessionRegistry registry) {
    return StopDeadline.begin(registry, configured.settings().shutdownTimeout());
  }

  void close(SessionRegistry registry) {
    events.end();
    try {
      closing.close(registry);
    } finally {
      Hooks made = instances;
      if (made != null) {
        made.release();
      }
    }
  }
}
