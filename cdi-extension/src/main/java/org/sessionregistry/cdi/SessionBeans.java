package org.sessionregistry.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import java.util.Collection;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;

/**
 * Adds a bean for each session and one for the registry. Their class must be the interface, because
 * some containers make the client proxy from it; their scope is a normal one, so that beans which
 * are passivated may hold them, and so that the container asks again when a bean uses its session
 * in {@code @PreDestroy} after the session's own instance is gone. During the container's start.
 */
final class SessionBeans {
  private final AfterBeanDiscovery event;
  private final ApplicationRegistry registry;

  SessionBeans(AfterBeanDiscovery event, ApplicationRegistry registry) {
    this.event = event;
    this.registry = registry;
  }

  void add(Collection<String> names) {
    names.forEach(this::addSession);
    addRegistry();
  }

  private void addSession(String name) {
    event
        .<ClientSession>addBean()
        .beanClass(ClientSession.class)
        .id(ClientSession.class.getName() + ":" + name)
        .types(ClientSession.class, Object.class)
        .qualifiers(SessionQualifiers.of(name))
        .scope(ApplicationScoped.class)
        .createWith(context -> registry.session(name));
  }

  private void addRegistry() {
    event
        .<SessionRegistry>addBean()
        .beanClass(SessionRegistry.class)
        .id(SessionRegistry.class.getName())
        .types(SessionRegistry.class, Object.class)
        .qualifiers(Default.Literal.INSTANCE, Any.Literal.INSTANCE)
        .scope(ApplicationScoped.class)
        .createWith(context -> registry.registry());
  }
}
