package org.sessionregistry.cdi;

import static java.util.Comparator.comparing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.ObserverInfo;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticBeanBuilder;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;
import jakarta.inject.Singleton;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.config.ConfiguredRegistry;
import org.sessionregistry.config.InvalidConfigurationException;
import org.sessionregistry.config.SessionConfig;

/**
 * What is known of an application's sessions while it is built: the names, by injection and by what
 * can be read of the configuration. No value is looked at or kept: it may be another one, or the
 * first one, where the application runs. There {@link LiteRegistry} checks everything. During the
 * build, on one thread.
 */
final class BuildTimeSessions {
  private static final Logger LOG = System.getLogger(BuildTimeSessions.class.getPackageName());

  private final Set<InjectionSite> sites = new LinkedHashSet<>();
  private final Set<String> ownNames = new TreeSet<>();

  /** Whether readiness depends on a session, as far as that is known now. */
  private boolean isHealthAsked;

  /** Qualifiers have to be added, too, where our jar is no archive of beans. */
  void addRegistry(ScannedClasses classes) {
    classes.add(LiteRegistry.class.getName());
    classes.add(SessionName.class.getName());
    classes.add(SessionName.Names.class.getName());
    classes.add(AroundAttempt.class.getName());
  }

  void note(BeanInfo bean) {
    bean.injectionPoints().forEach(point -> LanguageModel.site(point).ifPresent(sites::add));
    if (bean.disposer() != null) {
      sites.addAll(LanguageModel.sites(bean.disposer().disposerMethod()));
    }
    if (LanguageModel.isSession(bean)) {
      ownNames.addAll(LanguageModel.names(bean.qualifiers(), bean.name()));
    }
  }

  void note(ObserverInfo observer) {
    if (!observer.isSynthetic()) {
      sites.addAll(LanguageModel.sites(observer.observerMethod()));
    }
  }

  /**
   * Adds a bean for each session.
   *
   * @throws jakarta.enterprise.inject.spi.DeploymentException with all problems, if there is one
   *     that does not depend on configuration
   */
  void addTo(SyntheticComponents components) {
    List<InjectionSite> ours =
        sites.stream()
            .filter(site -> site.names().isEmpty() || !ownNames.containsAll(site.names()))
            .sorted(comparing(InjectionSite::place))
            .toList();
    if (ours.stream().anyMatch(site -> site.names().size() > 1)) {
      // No bean can be added for those, so the container would refuse them in its own words.
      new SessionDeployment(ConfigProvider::getConfig, ours, new HookPlan<>(List.of())).read();
    }
    names(ours).forEach(name -> addSession(components, name));
    addRegistry(components);
    if (isHealthAsked) {
      OptionalHealth.add(components);
    }
    addSites(components, ours);
  }

  /** A name that is asked for exists: its settings may come when the application runs. */
  private Set<String> names(List<InjectionSite> sites) {
    Set<String> injected =
        sites.stream()
            .flatMap(site -> site.names().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> names = new TreeSet<>(configured(injected));
    sites.stream().filter(site -> !site.optional()).forEach(site -> names.addAll(site.names()));
    return names;
  }

  private Set<String> configured(Set<String> injected) {
    try {
      ConfiguredRegistry read = SessionConfig.read(ConfigProvider.getConfig(), injected);
      isHealthAsked = new HealthWatch(read).isNeeded();
      return read.sessions().keySet();
    } catch (InvalidConfigurationException e) {
      return e.sessions();
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, Messages.noConfiguration(), e);
      return Set.of();
    }
  }

  private static void addSession(SyntheticComponents components, String name) {
    SyntheticBeanBuilder<ClientSession> bean =
        components
            .addBean(ClientSession.class)
            .type(ClientSession.class)
            .scope(ApplicationScoped.class)
            .withParam(SessionCreator.NAME, name)
            .createWith(SessionCreator.class);
    SessionQualifiers.of(name).forEach(bean::qualifier);
  }

  private static void addRegistry(SyntheticComponents components) {
    components
        .addBean(SessionRegistry.class)
        .type(SessionRegistry.class)
        .qualifier(Default.Literal.INSTANCE)
        .qualifier(Any.Literal.INSTANCE)
        .scope(ApplicationScoped.class)
        .createWith(RegistryCreator.class);
  }

  private static void addSites(SyntheticComponents components, List<InjectionSite> sites) {
    boolean[] optional = new boolean[sites.size()];
    for (int i = 0; i < optional.length; i++) {
      optional[i] = sites.get(i).optional();
    }
    components
        .addBean(InjectionSites.class)
        .type(InjectionSites.class)
        .scope(Singleton.class)
        .withParam(InjectionSites.PLACES, texts(sites.stream().map(InjectionSite::place).toList()))
        .withParam(
            InjectionSites.NAMES,
            texts(
                sites.stream().map(site -> site.names().stream().findFirst().orElse("")).toList()))
        .withParam(InjectionSites.OPTIONAL, optional)
        .createWith(InjectionSites.Creator.class);
  }

  private static String[] texts(List<String> texts) {
    return texts.toArray(String[]::new);
  }
}
