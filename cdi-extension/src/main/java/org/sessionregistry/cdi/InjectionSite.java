package org.sessionregistry.cdi;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.AnnotatedParameter;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.inject.Provider;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.Set;
import org.sessionregistry.ClientSession;

/**
 * One place in the application where a session is injected. It is text only: it must hold no class
 * of the application, because it outlives the event it was made from. Immutable; any thread.
 *
 * @param place class and member, for a reader of the code
 * @param names the sessions asked for: none if any will do, more than one is a contradiction
 * @param optional whether the application can ask before it takes ({@code Instance})
 */
record InjectionSite(String place, Set<String> names, boolean optional) {
  InjectionSite {
    names = Set.copyOf(names);
  }

  /**
   * Sees whether a session is injected here, itself or through {@code Instance} or {@code
   * Provider}.
   */
  static Optional<InjectionSite> of(InjectionPoint point) {
    if (point.isDelegate()) {
      return Optional.empty(); // a decorator takes what it decorates, it asks for nothing
    }
    Type type = point.getType();
    if (type == ClientSession.class) {
      return Optional.of(of(point, false));
    }
    if (type instanceof ParameterizedType wrapper
        && wrapper.getRawType() instanceof Class<?> raw
        && Provider.class.isAssignableFrom(raw)
        && wrapper.getActualTypeArguments()[0] == ClientSession.class) {
      return Optional.of(of(point, Instance.class.isAssignableFrom(raw)));
    }
    return Optional.empty();
  }

  private static InjectionSite of(InjectionPoint point, boolean optional) {
    Set<String> names = SessionQualifiers.names(point.getQualifiers(), point.getMember().getName());
    return new InjectionSite(place(point), names, optional);
  }

  private static String place(InjectionPoint point) {
    Member member = point.getMember();
    String type = member.getDeclaringClass().getName();
    if (point.getAnnotated() instanceof AnnotatedParameter<?> parameter) {
      String call = member instanceof Constructor ? "" : "." + member.getName();
      return type + call + "(), parameter " + (parameter.getPosition() + 1);
    }
    return type + "." + member.getName();
  }
}
