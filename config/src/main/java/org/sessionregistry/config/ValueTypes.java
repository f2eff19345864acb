package org.sessionregistry.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.sessionregistry.settings.DataSize;
import org.sessionregistry.settings.Percentage;
import org.sessionregistry.settings.Secret;

/**
 * Which {@link ValueType} reads a record component. The rule: a component of a type that is missing
 * here fails the first test that touches settings, not the first user who sets it. Stateless, for
 * any thread.
 */
final class ValueTypes {
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,10}");
  private static final String UNLIMITED = "unlimited";

  /** Reserved by RFC 2606: it can never be reached. */
  private static final URI NOWHERE = URI.create("https://stand-in.invalid/");

  private static final Map<Type, ValueType> SIMPLE =
      Map.of(
          boolean.class, Words.BOOLEAN,
          Duration.class, new Durations(),
          int.class, simple(ValueTypes::integer, Object::toString),
          OptionalInt.class, simple(ValueTypes::limit, ValueTypes::formatLimit),
          DataSize.class, simple(ValueTypes::dataSize, Object::toString),
          URI.class, withStandIn(simple(ValueTypes::uri, Object::toString), NOWHERE),
          Path.class, simple(ValueTypes::path, Object::toString),
          Percentage.class, simple(ValueTypes::percentage, Object::toString),
          Secret.class, simple(Secret::new, Object::toString),
          String.class, simple(String::strip, Object::toString));

  /** The name of something that is configured elsewhere, and that nothing has by default. */
  static final ValueType REFERENCE = simple(String::strip, value -> "");

  private ValueTypes() {}

  /** The type of a component, or nothing if configuration cannot read it. */
  static Optional<ValueType> of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return of(argument).map(ValueTypes::optional);
      }
      if (generic.getRawType() == List.class && argument == String.class) {
        return Optional.of(new Lists());
      }
      if (generic.getRawType() == List.class && argument == Integer.class) {
        return Optional.of(simple(ValueTypes::integers, new Lists()::format));
      }
      if (generic.getRawType() == Map.class && argument == String.class) {
        return Optional.of(withStandIn(simple(text -> text, ValueTypes::nothing), ""));
      }
    }
    if (type instanceof Class<?> c && c.getEnumConstants() instanceof Enum<?>[] constants) {
      return Optional.of(Words.of(constants));
    }
    return Optional.ofNullable(SIMPLE.get(type));
  }

  private static Object integer(String text) {
    return number(text, ConfigMessages.WHOLE_NUMBER);
  }

  private static Object integers(String text) {
    return new Lists()
        .parse(text).stream().map(one -> number(one, ConfigMessages.WHOLE_NUMBERS)).toList();
  }

  private static Object percentage(String text) {
    return Percentage.parse(text)
        .orElseThrow(() -> new MalformedValueException(ConfigMessages.PERCENTAGE));
  }

  private static Object limit(String text) {
    return text.strip().equals(UNLIMITED)
        ? OptionalInt.empty()
        : OptionalInt.of(number(text, ConfigMessages.WHOLE_NUMBER_OR_UNLIMITED));
  }

  private static int number(String text, String expected) {
    String stripped = text.strip();
    if (INTEGER.matcher(stripped).matches()) {
      long number = Long.parseLong(stripped);
      if (number == (int) number) {
        return (int) number;
      }
    }
    throw new MalformedValueException(expected);
  }

  private static String formatLimit(Object value) {
    OptionalInt limit = (OptionalInt) value;
    return limit.isPresent() ? Integer.toString(limit.getAsInt()) : UNLIMITED;
  }

  private static Object dataSize(String text) {
    return DataSize.parse(text)
        .orElseThrow(() -> new MalformedValueException(ConfigMessages.DATA_SIZE));
  }

  private static Object uri(String text) {
    try {
      return URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw new MalformedValueException(ConfigMessages.URI);
    }
  }

  private static Object path(String text) {
    try {
      return Path.of(text.strip());
    } catch (IllegalArgumentException e) {
      throw new MalformedValueException(ConfigMessages.PATH);
    }
  }

  private static String nothing(Object map) {
    return "";
  }

  private static ValueType optional(ValueType inner) {
    return new Simple(
        text -> Optional.of(inner.parse(text)),
        value -> ((Optional<?>) value).map(inner::format).orElse(""),
        inner.standIn().map(Optional::of));
  }

  private static ValueType simple(
      Function<String, Object> parser, Function<Object, String> formatter) {
    return new Simple(parser, formatter, Optional.empty());
  }

  private static ValueType withStandIn(ValueType type, Object standIn) {
    return new Simple(type::parse, type::format, Optional.of(standIn));
  }

  private record Simple(
      Function<String, Object> parser, Function<Object, String> formatter, Optional<Object> standIn)
      implements ValueType {
    @Override
    public Object parse(String text) {
      return parser.apply(text);
    }

    @Override
    public String format(Object value) {
      return formatter.apply(value);
    }
  }
}
