package org.sessionregistry.cdi;

import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.BuildCompatibleExtension;
import jakarta.enterprise.inject.build.compatible.spi.Discovery;
import jakarta.enterprise.inject.build.compatible.spi.ObserverInfo;
import jakarta.enterprise.inject.build.compatible.spi.Registration;
import jakarta.enterprise.inject.build.compatible.spi.ScannedClasses;
import jakarta.enterprise.inject.build.compatible.spi.Synthesis;
import jakarta.enterprise.inject.build.compatible.spi.SyntheticComponents;

/**
 * {@link LiteSessionExtension} without the mark that keeps containers from running it that run
 * portable extensions. It must do nothing else.
 */
public class UnmarkedExtension implements BuildCompatibleExtension {
  private final LiteSessionExtension extension = new LiteSessionExtension();

  @Discovery
  public void addRegistry(ScannedClasses classes) {
    extension.addRegistry(classes);
  }

  @Registration(types = Object.class)
  public void note(BeanInfo bean) {
    extension.note(bean);
  }

  @Registration(types = Object.class)
  public void note(ObserverInfo observer) {
    extension.note(observer);
  }

  @Synthesis
  public void addSessions(SyntheticComponents components) {
    extension.addSessions(components);
  }
}
