package org.sessionregistry.cdi;

import static java.util.Comparator.comparing;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * What discovery shows: where sessions are injected, and which ones the application makes itself.
 * It must resolve and instantiate nothing, the container is not ready yet. Thread-safe, because
 * containers may discover in parallel.
 */
final class DiscoveredSessions {
  private final Set<InjectionSite> sites = ConcurrentHashMap.newKeySet();
  private final Set<String> ownNames = ConcurrentHashMap.newKeySet();

  /** Null until a session is injected into a class of the application. */
  private volatile @Nullable Class<?> user;

  void injectedAt(InjectionPoint point) {
    InjectionSite.of(point)
        .ifPresent(
            site -> {
              sites.add(site);
              user = point.getMember().getDeclaringClass();
            });
  }

  /** Notes a bean of the application that is a session, a mock in a test for example. */
  void madeByTheApplication(Bean<?> bean) {
    String name = bean.getName();
    ownNames.addAll(SessionQualifiers.names(bean.getQualifiers(), name == null ? "" : name));
  }

  /** A class of the application, in the archive of which the container looks for beans. */
  Optional<Class<?>> user() {
    return Optional.ofNullable(user);
  }

  /**
   * Where sessions of the registry are asked for by name, by beans and by typed clients, in the
   * order of a report.
   */
  List<InjectionSite> sites(Supplier<Config> config) {
    return Stream.concat(sites.stream(), ConfiguredClients.sites(config).stream())
        .filter(site -> !ownNames.containsAll(site.names()))
        .sorted(comparing(InjectionSite::place))
        .toList();
  }
}
