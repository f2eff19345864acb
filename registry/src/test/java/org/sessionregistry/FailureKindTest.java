package org.sessionregistry;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A new type of exception is a new kind of failure: none can be forgotten in the statistics. */
class FailureKindTest {
  private static final FailureDetail DETAIL =
      new FailureDetail("s", "GET", URI.create("http://a/"), Duration.ZERO, PhaseTimes.NONE);

  static Stream<Class<?>> types() {
    return family(SessionException.class).filter(type -> !Modifier.isAbstract(type.getModifiers()));
  }

  private static Stream<Class<?>> family(Class<?> type) {
    return type.isSealed()
        ? Stream.concat(
            Stream.of(type),
            Arrays.stream(type.getPermittedSubclasses()).flatMap(FailureKindTest::family))
        : Stream.of(type);
  }

  @ParameterizedTest
  @MethodSource("types")
  void isNamedAsTheExceptionIs(Class<?> type) throws Exception {
    String words = type.getSimpleName().replaceAll("Exception$", "");
    String name = words.replaceAll("(?<!^)(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    assertThat(exception(type).kind().name()).isEqualTo(name);
  }

  @Test
  void hasNoKindWithoutAnException() {
    Set<String> kinds =
        types().map(FailureKindTest::exception).map(e -> e.kind().name()).collect(toSet());
    assertThat(kinds)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(FailureKind.values()).map(Enum::name).collect(toSet()));
  }

  private static SessionException exception(Class<?> type) {
    Constructor<?> constructor = type.getConstructors()[0];
    Object[] arguments =
        Stream.of(constructor.getParameterTypes()).map(FailureKindTest::argument).toArray();
    try {
      return (SessionException) constructor.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(type.getName(), e);
    }
  }

  private static Object argument(Class<?> type) {
    if (type == FailureDetail.class) {
      return DETAIL;
    }
    if (type == String.class) {
      return "it failed";
    }
    if (type == int.class) {
      return 404;
    }
    if (type == byte[].class) {
      return new byte[0];
    }
    if (type == Charset.class) {
      return StandardCharsets.UTF_8;
    }
    return type == List.class ? List.of() : null;
  }
}
