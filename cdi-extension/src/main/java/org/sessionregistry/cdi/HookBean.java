package org.sessionregistry.cdi;

import static java.util.stream.Collectors.toUnmodifiableSet;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.Prioritized;
import jakarta.inject.Named;
import java.lang.annotation.Annotation;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A bean that may add something to sessions, and to which. Whatever is asked for here has to be
 * visible in the bean itself, when the application is built and when it runs. Immutable; any
 * thread.
 *
 * @param bean the container's own description of it
 * @param place class and, for a producer, member: for a reader of the code
 * @param kinds what it can add
 * @param sessions the names of sessions, {@link SessionName#EVERY} for all, none if it is not for
 *     sessions
 * @param priority the lower, the further outside; of its class, or of the class that produces it
 * @param alternative whether it takes the place of others
 */
record HookBean<B>(
    B bean,
    String place,
    Set<HookKind> kinds,
    Set<String> sessions,
    int priority,
    boolean alternative) {

  /** What observers have that say nothing, and so interceptors of ours. */
  static final int DEFAULT_PRIORITY = jakarta.interceptor.Interceptor.Priority.APPLICATION + 500;

  HookBean {
    kinds = Set.copyOf(kinds);
    sessions = Set.copyOf(sessions);
  }

  /** Sees whether a bean can add something to sessions; it may still name none. */
  static Optional<HookBean<Bean<?>>> of(Bean<?> bean, String place) {
    Set<Annotation> qualifiers = bean.getQualifiers();
    boolean aroundAttempt = qualifiers.stream().anyMatch(AroundAttempt.class::isInstance);
    Set<String> types =
        bean.getTypes().stream().map(type -> type.getTypeName()).collect(toUnmodifiableSet());
    Set<HookKind> kinds = HookKind.of(types, aroundAttempt);
    return kinds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new HookBean<>(
                bean, place, kinds, names(bean, kinds), priority(bean), bean.isAlternative()));
  }

  private static Set<String> names(Bean<?> bean, Set<HookKind> kinds) {
    Set<String> names = new LinkedHashSet<>();
    String named = "";
    boolean isDefault = false;
    for (Annotation qualifier : bean.getQualifiers()) {
      if (qualifier instanceof SessionName sessionName) {
        names.add(sessionName.value());
      } else if (qualifier instanceof Named) {
        named = bean.getName();
      } else if (qualifier instanceof Default) {
        isDefault = true;
      }
    }
    return names(names, named == null ? "" : named, isDefault, kinds);
  }

  /**
   * What a bean names. {@code @Named} counts only where nothing clearer is said, because it is also
   * the name in expressions; JSON-B needs no name, because an application has it for everything.
   */
  static Set<String> names(
      Set<String> sessionNames, String named, boolean isDefault, Set<HookKind> kinds) {
    if (!sessionNames.isEmpty()) {
      return sessionNames;
    }
    if (kinds.equals(Set.of(HookKind.JSON_BINDING))) {
      return isDefault ? Set.of(SessionName.EVERY) : Set.of();
    }
    return named.isEmpty() ? Set.of() : Set.of(named);
  }

  private static int priority(Bean<?> bean) {
    if (bean instanceof Prioritized prioritized) {
      return prioritized.getPriority();
    }
    Priority priority = bean.getBeanClass().getAnnotation(Priority.class);
    return priority == null ? DEFAULT_PRIORITY : priority.value();
  }

  boolean isFor(String session) {
    return sessions.contains(session);
  }
}
