package org.sessionregistry.cdi;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A bean that the server is to find. It belongs to an archive of the application: Weld gives what a
 * configurator adds to the archive of the extension, and the server's own extensions on WildFly do
 * not look into that. Thread-safe.
 *
 * @param <T> an interface of the server
 */
final class FoundByServerBean<T> implements Bean<T> {
  private final Class<?> archive;
  private final Class<T> type;
  private final Annotation qualifier;
  private final Supplier<? extends T> maker;

  /**
   * Describes it.
   *
   * @param archive a class of the archive that it is to belong to
   */
  FoundByServerBean(
      Class<?> archive, Class<T> type, Annotation qualifier, Supplier<? extends T> maker) {
    this.archive = archive;
    this.type = type;
    this.qualifier = qualifier;
    this.maker = maker;
  }

  @Override
  public Class<?> getBeanClass() {
    return archive;
  }

  @Override
  public Set<Type> getTypes() {
    return Set.of(type, Object.class);
  }

  @Override
  public Set<Annotation> getQualifiers() {
    return Set.of(qualifier, Any.Literal.INSTANCE);
  }

  @Override
  public Class<? extends Annotation> getScope() {
    return Singleton.class;
  }

  @Override
  public T create(CreationalContext<T> context) {
    return maker.get();
  }

  @Override
  public void destroy(T instance, CreationalContext<T> context) {
    context.release();
  }

  @Override
  public Set<InjectionPoint> getInjectionPoints() {
    return Set.of();
  }

  /** It has none, which CDI says by null. */
  @Override
  @SuppressWarnings("NullAway")
  public String getName() {
    return null;
  }

  @Override
  public Set<Class<? extends Annotation>> getStereotypes() {
    return Set.of();
  }

  @Override
  public boolean isAlternative() {
    return false;
  }
}
