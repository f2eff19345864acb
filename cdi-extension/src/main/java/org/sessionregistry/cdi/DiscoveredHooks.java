package org.sessionregistry.cdi;

import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessProducerField;
import jakarta.enterprise.inject.spi.ProcessProducerMethod;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The beans that discovery finds and that may add something to sessions. It must instantiate
 * nothing, the container is not ready yet. Thread-safe, because containers may discover in
 * parallel.
 */
final class DiscoveredHooks {
  private final Map<Bean<?>, HookBean<Bean<?>>> beans = new ConcurrentHashMap<>();

  /** Whether it is one, or may be one once it names a session. */
  boolean add(ProcessBean<?> event) {
    Optional<HookBean<Bean<?>>> hook = HookBean.of(event.getBean(), place(event));
    hook.ifPresent(bean -> beans.put(event.getBean(), bean));
    return hook.isPresent();
  }

  HookPlan<Bean<?>> plan() {
    return new HookPlan<>(beans.values());
  }

  private static String place(ProcessBean<?> event) {
    String type = event.getBean().getBeanClass().getName();
    if (event instanceof ProcessProducerMethod<?, ?> method) {
      return type + '.' + method.getAnnotatedProducerMethod().getJavaMember().getName() + "()";
    }
    if (event instanceof ProcessProducerField<?, ?> field) {
      return type + '.' + field.getAnnotatedProducerField().getJavaMember().getName();
    }
    return type;
  }
}
