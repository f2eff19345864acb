package org.sessionregistry.cdi;

import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.build.compatible.spi.BeanInfo;
import jakarta.enterprise.inject.build.compatible.spi.InjectionPointInfo;
import jakarta.enterprise.lang.model.AnnotationInfo;
import jakarta.enterprise.lang.model.AnnotationMember;
import jakarta.enterprise.lang.model.declarations.DeclarationInfo;
import jakarta.enterprise.lang.model.declarations.FieldInfo;
import jakarta.enterprise.lang.model.declarations.MethodInfo;
import jakarta.enterprise.lang.model.declarations.ParameterInfo;
import jakarta.enterprise.lang.model.types.Type;
import jakarta.inject.Named;
import jakarta.inject.Provider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.settings.SessionSettings;

/**
 * Reads out of the build's view of a program what {@link InjectionSite} and {@link
 * SessionQualifiers} read out of its classes: change one with the other. Stateless; any thread.
 */
final class LanguageModel {
  private static final String SESSION = ClientSession.class.getName();

  private LanguageModel() {}

  static boolean isSession(BeanInfo bean) {
    return bean.types().stream().anyMatch(type -> isClass(type, SESSION));
  }

  /** By the type that is declared: containers differ in what an injection point's own type is. */
  static Optional<InjectionSite> site(InjectionPointInfo point) {
    DeclarationInfo declaration = point.declaration();
    Type type =
        declaration instanceof ParameterInfo parameter
            ? parameter.type()
            : declaration.asField().type();
    return site(declaration, type, point.qualifiers());
  }

  /** The sessions among the parameters of a method that the container calls. */
  static List<InjectionSite> sites(MethodInfo method) {
    List<InjectionSite> sites = new ArrayList<>();
    for (ParameterInfo parameter : method.parameters()) {
      site(parameter, parameter.type(), parameter.annotations()).ifPresent(sites::add);
    }
    return sites;
  }

  private static Optional<InjectionSite> site(
      DeclarationInfo declaration, Type type, Collection<AnnotationInfo> qualifiers) {
    if (declaration.hasAnnotation(Delegate.class)) {
      return Optional.empty();
    }
    if (isClass(type, SESSION)) {
      return Optional.of(site(declaration, qualifiers, false));
    }
    if (type.isParameterizedType()
        && isClass(type.asParameterizedType().typeArguments().get(0), SESSION)) {
      // Everything but a provider can be asked before something is taken of it.
      String wrapper = type.asParameterizedType().declaration().name();
      boolean optional = !wrapper.equals(Provider.class.getName());
      return Optional.of(site(declaration, qualifiers, optional));
    }
    return Optional.empty();
  }

  private static InjectionSite site(
      DeclarationInfo declaration, Collection<AnnotationInfo> qualifiers, boolean optional) {
    return new InjectionSite(place(declaration), names(qualifiers, name(declaration)), optional);
  }

  private static String name(DeclarationInfo declaration) {
    return declaration instanceof FieldInfo field ? field.name() : "";
  }

  private static String place(DeclarationInfo declaration) {
    if (declaration instanceof ParameterInfo parameter) {
      MethodInfo method = parameter.declaringMethod();
      String call = method.isConstructor() ? "" : '.' + method.name();
      return method.declaringClass().name()
          + call
          + "(), parameter "
          + (method.parameters().indexOf(parameter) + 1);
    }
    FieldInfo field = declaration.asField();
    return field.declaringClass().name() + '.' + field.name();
  }

  /** The names that qualifiers ask for; no qualifier at all asks for the default session. */
  static Set<String> names(
      Collection<AnnotationInfo> annotations, @Nullable String valueOfBareNamed) {
    Set<String> names = new LinkedHashSet<>();
    boolean qualified = false;
    for (AnnotationInfo annotation : annotations) {
      if (is(annotation, SessionName.class)) {
        names.add(value(annotation));
      } else if (is(annotation, SessionName.Names.class)) {
        for (AnnotationMember name : annotation.value().asArray()) {
          names.add(value(name.asNestedAnnotation()));
        }
      } else if (is(annotation, Named.class)) {
        String value = value(annotation);
        names.add(value.isEmpty() && valueOfBareNamed != null ? valueOfBareNamed : value);
      } else if (is(annotation, Default.class)) {
        names.add(SessionSettings.DEFAULT_NAME);
      }
      qualified |= isQualifier(annotation);
    }
    if (!qualified) {
      names.add(SessionSettings.DEFAULT_NAME);
    }
    return names;
  }

  private static boolean isQualifier(AnnotationInfo annotation) {
    return is(annotation, SessionName.Names.class)
        || annotation.declaration().hasAnnotation(jakarta.inject.Qualifier.class);
  }

  private static String value(AnnotationInfo annotation) {
    return annotation.hasValue() ? annotation.value().asString() : "";
  }

  private static boolean is(AnnotationInfo annotation, Class<?> type) {
    return annotation.name().equals(type.getName());
  }

  private static boolean isClass(Type type, String name) {
    return type.isClass() && type.asClass().declaration().name().equals(name);
  }
}
