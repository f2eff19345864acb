package org.sessionregistry;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;

/**
 * Finds types, type arguments included, in what an application can see of a class: its supertypes
 * and its public and protected members.
 */
record MentionInPublicSignatures(DescribedPredicate<JavaClass> forbidden) {

  ArchCondition<JavaClass> never(String what) {
    return new ArchCondition<>("mention " + what + " in no public signature") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!isVisible(type)) {
          return;
        }
        report(type.getFullName(), supertypes(type), events);
        type.getMembers().stream()
            .filter(MentionInPublicSignatures::isVisible)
            .forEach(member -> report(member.getFullName(), types(member), events));
      }
    };
  }

  private void report(String where, Stream<JavaType> types, ConditionEvents events) {
    types
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .map(JavaClass::getBaseComponentType)
        .filter(forbidden)
        .distinct()
        .forEach(
            type ->
                events.add(
                    SimpleConditionEvent.violated(type, where + " mentions " + type.getName())));
  }

  private static Stream<JavaType> supertypes(JavaClass type) {
    return Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
  }

  private static Stream<JavaType> types(JavaMember member) {
    if (member instanceof JavaField field) {
      return Stream.of(field.getType());
    }
    JavaCodeUnit unit = (JavaCodeUnit) member;
    return Stream.of(
            Stream.of(unit.getReturnType()),
            unit.getParameterTypes().stream(),
            unit.getExceptionTypes().stream())
        .flatMap(types -> types);
  }

  private static boolean isVisible(JavaClass type) {
    return (type.getModifiers().contains(PUBLIC) || type.getModifiers().contains(PROTECTED))
        && type.getEnclosingClass().map(MentionInPublicSignatures::isVisible).orElse(true);
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED);
  }
}
