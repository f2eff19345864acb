package org.sessionregistry.cdi;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Named;
import java.lang.annotation.Annotation;
import java.util.LinkedHashSet;
import java.util.Set;
import org.sessionregistry.settings.SessionSettings;

/**
 * Between session names and qualifiers, both ways. What {@link #of} gives to a bean is what {@link
 * #names} finds at an injection point: change one with the other. Stateless; any thread.
 */
final class SessionQualifiers {
  private SessionQualifiers() {}

  /** The qualifiers of the bean of a session. */
  static Set<Annotation> of(String name) {
    Set<Annotation> qualifiers = new LinkedHashSet<>();
    qualifiers.add(SessionName.Literal.of(name));
    qualifiers.add(NamedLiteral.of(name));
    qualifiers.add(Any.Literal.INSTANCE);
    if (name.equals(SessionSettings.DEFAULT_NAME)) {
      qualifiers.add(Default.Literal.INSTANCE);
    }
    return qualifiers;
  }

  /**
   * The names that qualifiers ask for: none if they leave the name open (only {@code @Any}) or are
   * the application's own; more than one if they contradict each other.
   *
   * @param qualifiers of an injection point or of a bean
   * @param valueOfBareNamed what {@code @Named} means where it has no value
   */
  static Set<String> names(Set<Annotation> qualifiers, String valueOfBareNamed) {
    Set<String> names = new LinkedHashSet<>();
    for (Annotation qualifier : qualifiers) {
      if (qualifier instanceof SessionName sessionName) {
        names.add(sessionName.value());
      } else if (qualifier instanceof Named named) {
        names.add(named.value().isEmpty() ? valueOfBareNamed : named.value());
      } else if (qualifier instanceof Default) {
        names.add(SessionSettings.DEFAULT_NAME);
      }
    }
    return names;
  }
}
