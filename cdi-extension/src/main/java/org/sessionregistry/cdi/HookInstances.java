package org.sessionregistry.cdi;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.settings.SessionSettings;

/**
 * The beans' instances, as the registry's sessions hold them. Beans of a normal scope are held
 * through their client proxy, dependent ones are made once and live until {@link #release}.
 * Confined to whoever opens and closes the registry.
 */
final class HookInstances implements HookedRegistry.Hooks {
  private final HookPlan<Bean<?>> plan;
  private final BeanManager manager;
  private final CreationalContext<?> context;
  private final Map<Bean<?>, Object> dependent = new HashMap<>();

  HookInstances(HookPlan<Bean<?>> plan, BeanManager manager) {
    this.plan = plan;
    this.manager = manager;
    this.context = manager.createCreationalContext(null);
  }

  @Override
  public SessionHooks of(SessionSettings session) {
    SessionHooks.Builder hooks = SessionHooks.builder();
    for (HookPlan.Use<Bean<?>> use : plan.of(session)) {
      use.kind().add(hooks, instance(use.hook().bean(), use.kind()));
    }
    return hooks.build();
  }

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

  /** Destroys the dependent ones. */
  @Override
  public void release() {
    context.release();
  }
}
