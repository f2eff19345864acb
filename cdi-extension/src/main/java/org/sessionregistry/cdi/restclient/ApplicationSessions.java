package org.sessionregistry.cdi.restclient;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import java.util.Optional;
import java.util.Set;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.cdi.SessionName;

/**
 * The sessions of the application that runs on the current thread: its beans, so that one which a
 * test has put in place of a session counts, and then what its registry has opened in code. Any
 * thread of an application.
 */
final class ApplicationSessions {
  private ApplicationSessions() {}

  /**
   * A session by its name.
   *
   * @param asked who asks for it, where: the beginning of an error
   * @throws IllegalStateException if there is no such session
   */
  static ClientSession session(String name, String asked) {
    CDI<Object> container;
    try {
      container = CDI.current();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(RestClientMessages.noContainer(asked), e);
    }
    return find(container, name)
        .orElseThrow(
            () -> new IllegalStateException(RestClientMessages.unknown(asked, names(container))));
  }

  /** Whether there is an application to ask. */
  static boolean present() {
    try {
      CDI.current();
      return true;
    } catch (IllegalStateException e) {
      return false; // before the container runs, or outside of any
    }
  }

  private static Optional<ClientSession> find(CDI<Object> container, String name) {
    Instance<ClientSession> bean =
        container.select(ClientSession.class, SessionName.Literal.of(name));
    if (bean.isResolvable()) {
      return Optional.of(bean.get());
    }
    return registry(container).flatMap(registry -> registry.find(name));
  }

  private static Set<String> names(CDI<Object> container) {
    return registry(container).map(SessionRegistry::names).orElse(Set.of());
  }

  private static Optional<SessionRegistry> registry(CDI<Object> container) {
    Instance<SessionRegistry> registry = container.select(SessionRegistry.class);
    return registry.isResolvable() ? Optional.of(registry.get()) : Optional.empty();
  }
}
