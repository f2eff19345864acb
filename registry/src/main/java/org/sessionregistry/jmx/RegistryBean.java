package org.sessionregistry.jmx;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.sessionregistry.FailureKind;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.observe.RegistryMXBean;
import org.sessionregistry.settings.RegistrySettings;

/**
 * Shows what the sessions of a registry do together; each attribute asks every session. Any thread
 * may read it.
 */
final class RegistryBean implements RegistryMXBean {
  private final SessionRegistry registry;
  private final Supplier<RegistrySettings> settings;

  RegistryBean(SessionRegistry registry, Supplier<RegistrySettings> settings) {
    this.registry = registry;
    this.settings = settings;
  }

  private long sum(ToLongFunction<SessionStatistics> figure) {
    return registry.statistics().sessions().values().stream().mapToLong(figure).sum();
  }

  @Override
  public String[] getSessionNames() {
    return registry.names().toArray(new String[0]);
  }

  @Override
  public int getSessions() {
    return registry.names().size();
  }

  @Override
  public int getConnections() {
    return registry.statistics().connections();
  }

  @Override
  public int getWaiting() {
    return registry.statistics().waiting();
  }

  @Override
  public long getRequests() {
    return sum(SessionStatistics::requests);
  }

  @Override
  public long getInFlight() {
    return sum(SessionStatistics::inFlight);
  }

  @Override
  public long getSucceeded() {
    return sum(SessionStatistics::succeeded);
  }

  @Override
  public long getFailed() {
    return sum(SessionStatistics::failed);
  }

  @Override
  public Map<String, Long> getFailures() {
    Map<FailureKind, Long> all = new EnumMap<>(FailureKind.class);
    for (SessionStatistics session : registry.statistics().sessions().values()) {
      session.failures().forEach((kind, count) -> all.merge(kind, count, Long::sum));
    }
    return SessionBean.named(all);
  }

  @Override
  public long getCancelled() {
    return sum(SessionStatistics::cancelled);
  }

  @Override
  public int getMaxConnections() {
    return settings.get().maxConnections();
  }

  @Override
  public int getEventLoops() {
    return settings.get().eventLoops();
  }

  @Override
  public long getShutdownTimeoutMillis() {
    return settings.get().shutdownTimeout().toMillis();
  }

  @Override
  public String reload() {
    return registry.reload().toString();
  }
}
