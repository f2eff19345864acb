package org.sessionregistry.cdi;

import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.ObserverInfo;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.SkipIfPortableExtensionPresent;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;

/**
 * What {@link SessionExtension} does, for containers that build an application before it runs (CDI
 * Lite). It must never be at work beside that one. Called by the container, when the application is
 * built.
 */
@SkipIfPortableExtensionPresent(SessionExtension.class)
public class LiteSessionExtension implements BuildCompatibleExtension {
  private final BuildTimeSessions sessions = new BuildTimeSessions();

  /** Made by the container. */
  public LiteSessionExtension() {}

  /**
   * Adds the bean that holds the registry.
   *
   * @param classes what is scanned for beans
   */
  @Discovery
  public void addRegistry(ScannedClasses classes) {
    sessions.addRegistry(classes);
  }

  /**
   * Notes where sessions are injected, and those that the application makes itself.
   *
   * @param bean any bean
   */
  @Registration(types = Object.class)
  public void note(BeanInfo bean) {
    sessions.note(bean);
  }

  /**
   * Notes where sessions are injected into observers.
   *
   * @param observer any observer
   */
  @Registration(types = Object.class)
  public void note(ObserverInfo observer) {
    sessions.note(observer);
  }

  /**
   * Adds a bean for each session.
   *
   * @param components what is added
   */
  @Synthesis
  public void addSessions(SyntheticComponents components) {
    sessions.addTo(components);
  }
}
