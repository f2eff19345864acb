package org.sessionregistry.jmx;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.observe.RegistryMXBean;
import org.sessionregistry.observe.SessionMXBean;
import org.sessionregistry.settings.RegistrySettings;

/**
 * What one registry shows in JMX: each open session from its first request on, and with the first
 * of them itself. The rules: nothing is left once {@link #end} is done, because a bean would hold
 * the classes of an application that is gone; and whatever goes wrong here is a warning, once, and
 * no more.
 *
 * <p>The registry's number is the first that no other has: it is claimed by registering the
 * registry itself, so that copies of the library in several applications need not know each other.
 *
 * <p>Any thread may call; the work is done in order and in the background. A session that is shown
 * costs 570 bytes and, once the JVM is warm, 5 to 20 µs of a background thread; one that never sent
 * anything costs an object of 32 bytes. The first of a JVM starts the platform's server, which
 * takes 50 to 250 ms: hence the background, and hence no thread before the first request.
 */
public final class JmxBeans {
  private static final Logger LOG = System.getLogger("org.sessionregistry.jmx");
  private static final int MOST_REGISTRIES = 10_000;

  /** Opens the server where beans are shown. */
  interface Opener {
    BeanServer open();
  }

  private final RegistryMXBean registry;
  private final Opener opener;
  private final @Nullable InOrder background;

  /** Whether there is anything to take away; a registry that sent nothing needs no thread. */
  private volatile boolean begun;

  /** From then on nothing more is shown. */
  private volatile boolean ended;

  // Confined to the tasks in the background, of which only one runs at a time.
  private @Nullable BeanServer server;
  private int number;
  private boolean failed;
  private boolean warned;

  /**
   * Shows nothing yet.
   *
   * @param registry what is shown as the registry
   * @param settings what the registry is told, whether to use JMX among it
   * @param executor whose threads may wait for the server
   */
  public JmxBeans(
      SessionRegistry registry, Supplier<RegistrySettings> settings, Executor executor) {
    // No method reference: making one loads the class, and here nobody expects it to fail.
    this(registry, settings, executor, () -> new PlatformBeanServer());
  }

  JmxBeans(
      SessionRegistry registry,
      Supplier<RegistrySettings> settings,
      Executor executor,
      Opener opener) {
    this.registry = new RegistryBean(registry, settings);
    this.opener = opener;
    this.background = settings.get().jmx() ? new InOrder(executor) : null;
  }

  /**
   * Shows a session that begins to send, soon. To do so again is harmless.
   *
   * @param session the session
   */
  public void show(SessionBean session) {
    if (background != null) {
      begun = true;
      background.add(() -> add(session));
    }
  }

  /**
   * Hides a session that is closed, soon, and before another of its name is shown.
   *
   * @param session the session
   */
  public void hide(SessionBean session) {
    session.closed = true; // first, for a show that is under way
    if (background != null && begun) {
      background.add(() -> remove(session));
    }
  }

  /**
   * Shows nothing any more.
   *
   * @param done runs when nothing is left, on any thread
   */
  public void end(Runnable done) {
    ended = true;
    if (background != null && begun) {
      background.add(
          () -> {
            leave();
            done.run();
          });
    } else {
      done.run();
    }
  }

  // ---- in the background ----------------------------------------------------------------------

  private void add(SessionBean session) {
    if (ended || session.closed || session.shown || !isReady()) {
      return;
    }
    attempt(
        () -> {
          BeanServer.Name name = name(session);
          if (open().add(name, SessionMXBean.class, session)) {
            session.shown = true;
          } else {
            warn("another has the name " + name, null);
          }
        });
  }

  private void remove(SessionBean session) {
    if (session.shown) {
      session.shown = false;
      attempt(() -> open().remove(name(session)));
    }
  }

  private boolean isReady() {
    if (number == 0 && !failed) {
      failed = !attempt(this::claimNumber);
    }
    return !failed;
  }

  private void claimNumber() throws Exception {
    BeanServer where = open();
    int candidate = 1;
    while (!where.add(registryName(candidate), RegistryMXBean.class, registry)) {
      candidate++;
      if (candidate > MOST_REGISTRIES) {
        throw new IllegalStateException(MOST_REGISTRIES + " names of registries are taken");
      }
    }
    number = candidate;
  }

  private void leave() {
    if (number != 0) {
      attempt(() -> open().remove(registryName(number)));
      number = 0;
    }
  }

  private BeanServer open() {
    BeanServer opened = server;
    if (opened == null) {
      opened = opener.open();
      server = opened;
    }
    return opened;
  }

  private static BeanServer.Name registryName(int number) {
    return new BeanServer.Name("Registry", number, Optional.empty());
  }

  private BeanServer.Name name(SessionBean session) {
    return new BeanServer.Name("Session", number, Optional.of(session.getName()));
  }

  // ---- when it goes wrong ---------------------------------------------------------------------

  private interface Step {
    void run() throws Exception;
  }

  private boolean attempt(Step step) {
    try {
      step.run();
      return true;
    } catch (NoClassDefFoundError absent) {
      // A JVM without the module java.management: nobody can look, so nobody misses it.
      return false;
    } catch (Exception | Error e) {
      warn(e.toString(), e);
      return false;
    }
  }

  private void warn(String what, @Nullable Throwable cause) {
    if (!warned) {
      warned = true;
      LOG.log(
          Level.WARNING,
          "a session or its registry is not shown in JMX: "
              + what
              + "; nothing else is affected. Further warnings of this kind are not shown;"
              + " client-session-registry.jmx=false switches JMX off",
          cause);
    }
  }
}
