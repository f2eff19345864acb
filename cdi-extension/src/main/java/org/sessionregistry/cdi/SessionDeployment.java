package org.sessionregistry.cdi;

import jakarta.enterprise.inject.spi.DeploymentException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.config.InvalidConfigurationException;
import org.sessionregistry.config.SessionConfig;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;

/**
 * Holds what the application injects, and what its beans add to sessions, against what is
 * configured. Every problem must be in the one error it throws: whoever deploys should read, mend
 * and deploy once. {@link #read} once, on the thread that starts the application; {@link
 * #readAgain} on any.
 */
final class SessionDeployment {
  private static final ConfiguredRegistry NO_SESSIONS =
      new ConfiguredRegistry(RegistrySettings.DEFAULTS, Map.of(), Map.of(), List.of());

  private static final Logger LOG = System.getLogger(SessionDeployment.class.getPackageName());

  private final Supplier<Config> config;
  private final Collection<InjectionSite> sites;
  private final HookPlan<?> hooks;
  private final List<String> problems = new ArrayList<>();
  private final List<String> hookProblems = new ArrayList<>();
  private String configurationReport = "";

  /** What the application's thread has found; another thread might find that of others. */
  private volatile @Nullable Config deployed;

  SessionDeployment(Supplier<Config> config, Collection<InjectionSite> sites, HookPlan<?> hooks) {
    this.config = config;
    this.sites = sites;
    this.hooks = hooks;
  }

  /**
   * Reads the configuration of the sessions.
   *
   * @throws DeploymentException with all problems
   */
  ConfiguredRegistry read() {
    ConfiguredRegistry read = checked();
    hooks.withoutSession().forEach(hook -> LOG.log(Level.INFO, HookMessages.withoutSession(hook)));
    return read;
  }

  private ConfiguredRegistry checked() {
    checkContradictions();
    Optional<ConfiguredRegistry> configured = config().flatMap(this::sessions);
    configured.ifPresent(
        registry -> {
          checkNames(registry.sessions().keySet());
          hookProblems.addAll(hooks.problems(registry.sessions()));
        });
    String report = Messages.report(configurationReport, problems, hookProblems);
    if (!report.isEmpty()) {
      throw refusal(report);
    }
    return configured.orElse(NO_SESSIONS);
  }

  /**
   * Reads it again later, from the same place, and checks it in the same way: a session that is
   * injected must not go.
   *
   * @throws DeploymentException with all problems
   */
  ConfiguredRegistry readAgain() {
    Config read = deployed;
    return new SessionDeployment(read == null ? config : () -> read, sites, hooks).checked();
  }

  /**
   * Checks once more what beans add, when other extensions have added theirs.
   *
   * @throws DeploymentException with all problems
   */
  static void check(HookPlan<?> hooks, ConfiguredRegistry configured) {
    String report = Messages.report("", List.of(), hooks.problems(configured.sessions()));
    if (!report.isEmpty()) {
      throw refusal(report);
    }
  }

  private Optional<Config> config() {
    try {
      Config found = config.get();
      deployed = found;
      return Optional.of(found);
    } catch (IllegalStateException e) {
      // No implementation of MicroProfile Config: nobody misses it where no session is injected.
      if (sites.isEmpty() && hooks.names().isEmpty()) {
        LOG.log(Level.DEBUG, Messages.noConfiguration(), e);
      } else {
        problems.add(Messages.noConfiguration(places(), e));
      }
      return Optional.empty();
    }
  }

  private List<String> places() {
    return sites.stream().map(InjectionSite::place).toList();
  }

  private Optional<ConfiguredRegistry> sessions(Config config) {
    Set<String> injected = new TreeSet<>(hooks.names());
    // Nobody who only adds to the session "default" wants to have it.
    injected.remove(SessionSettings.DEFAULT_NAME);
    sites.forEach(site -> injected.addAll(site.names()));
    try {
      return Optional.of(SessionConfig.read(config, injected));
    } catch (InvalidConfigurationException e) {
      configurationReport = String.valueOf(e.getMessage());
      checkNames(e.sessions());
      hookProblems.addAll(hooks.unknownSessions(e.sessions()));
      return Optional.empty();
    }
  }

  private void checkContradictions() {
    for (InjectionSite site : sites) {
      if (site.names().size() > 1) {
        problems.add(Messages.contradictoryNames(site.place(), site.names()));
      }
    }
  }

  private void checkNames(Set<String> known) {
    Map<String, Set<String>> unknown = new TreeMap<>();
    for (InjectionSite site : sites) {
      for (String name : site.names()) {
        if (known.contains(name)) {
          continue;
        }
        if (site.optional()) {
          LOG.log(Level.INFO, Messages.optionalSessionAbsent(name, site.place()));
        } else {
          unknown.computeIfAbsent(name, n -> new TreeSet<>()).add(site.place());
        }
      }
    }
    unknown.forEach((name, places) -> problems.add(Messages.unknownSession(name, places, known)));
  }

  /** Without a stack trace: it is a report, and where it was written helps nobody. */
  private static DeploymentException refusal(String report) {
    DeploymentException refusal = new DeploymentException(report);
    refusal.setStackTrace(new StackTraceElement[0]);
    return refusal;
  }
}
