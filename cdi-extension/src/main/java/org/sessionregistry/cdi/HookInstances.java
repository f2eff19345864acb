package org.sessionregistry.cdi;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.settings.SessionSettings;

/**
 * The beans' instances, as the registry's sessions hold them. Beans of a normal scope are held
 * through their client proxy, dependent ones are made once and live until {@link #release}.
 * Thread-safe: sessions that a reload opens ask for theirs later, on another thread.
 */
final class HookInstances implements HookedRegistry.Hooks {
  private static final Logger LOG = System.getLogger(HookInstances.class.getPackageName());

  private final HookPlan<Bean<?>> plan;
  private final BeanManager manager;
  private final CreationalContext<?> context;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<Bean<?>, Object> dependent = new HashMap<>();

  HookInstances(HookPlan<Bean<?>> plan, BeanManager manager) {
    this.plan = plan;
    this.manager = manager;
    this.context = manager.createCreationalContext(null);
  }

  @Override
  public SessionHooks of(SessionSettings session) {
    SessionHooks.Builder hooks = SessionHooks.builder();
    lock.lock();
    try {
      for (HookPlan.Use<Bean<?>> use : plan.of(session)) {
        use.kind().add(hooks, instance(use.hook().bean(), use.kind()));
      }
    } finally {
      lock.unlock();
    }
    return hooks.build();
  }

  @GuardedBy("lock")
  private Object instance(Bean<?> bean, HookKind kind) {
    Object known = dependent.get(bean);
    if (known != null) {
      return known;
    }
    Type type = bean.getTypes().stream().filter(kind::isType).findFirst().orElseThrow();
    Object instance = manager.getReference(bean, type, context);
    if (bean.getScope() == Dependent.class) {
      dependent.put(bean, instance);
    }
    return instance;
  }

  /**
   * The bean that has this type and no qualifier, if there is exactly one. Not by an {@code
   * Instance}: in some containers that works only with the application's context class loader.
   */
  Optional<Object> only(Class<?> type) {
    Set<Bean<?>> beans = manager.getBeans(type);
    if (beans.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(manager.getReference(manager.resolve(beans), type, context));
    } catch (AmbiguousResolutionException e) {
      LOG.log(Level.DEBUG, type.getName() + " is more than one bean, so none is used", e);
      return Optional.empty();
    }
  }

  /** Destroys the dependent ones. */
  @Override
  public void release() {
    context.release();
  }
}
