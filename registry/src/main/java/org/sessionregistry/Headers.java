package org.sessionregistry;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.HeaderSyntax;
import org.sessionregistry.settings.Secret;

/**
 * The header fields of a message, in their order, names compared without case (RFC 9110 section
 * 5.1), repeated fields kept apart. Immutable. The text form masks credentials.
 */
public final class Headers {
  private static final Headers EMPTY = new Headers(new String[0]);

  /** Name, value, name, value, …: one small array per message, walked in order. */
  private final String[] fields;

  private Headers(String[] fields) {
    this.fields = fields;
  }

  /**
   * No fields.
   *
   * @return empty headers
   */
  public static Headers empty() {
    return EMPTY;
  }

  /**
   * Fields in the given order.
   *
   * @param namesAndValues name, value, name, value, …
   * @return the headers
   * @throws IllegalArgumentException if a name has no value
   */
  public static Headers of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException(
          "names and values alternate, but there are " + namesAndValues.length + " strings");
    }
    return namesAndValues.length == 0 ? EMPTY : new Headers(namesAndValues.clone());
  }

  /**
   * The first value of a field.
   *
   * @param name the field name, in any case
   * @return its first value, or empty
   */
  public Optional<String> first(String name) {
    return Optional.ofNullable(find(name));
  }

  /**
   * Every value of a field, in order.
   *
   * @param name the field name, in any case
   * @return its values, empty when there is no such field
   */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        values.add(fields[i + 1]);
      }
    }
    return values;
  }

  /**
   * Whether a field is present.
   *
   * @param name the field name, in any case
   * @return true if it is there at least once
   */
  public boolean contains(String name) {
    return find(name) != null;
  }

  /**
   * The names that occur, each once, in lower case, in order.
   *
   * @return the names
   */
  public Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (int i = 0; i < fields.length; i += 2) {
      names.add(fields[i].toLowerCase(Locale.ROOT));
    }
    return names;
  }

  /**
   * How many fields there are, repeated ones counted each.
   *
   * @return the number of fields
   */
  public int size() {
    return fields.length / 2;
  }

  /**
   * Those fields whose names are wanted.
   *
   * @param wanted asked for each field's name, as it is written
   * @return the fields, in their order
   */
  public Headers filter(Predicate<String> wanted) {
    List<String> kept = new ArrayList<>();
    forEach(
        (name, value) -> {
          if (wanted.test(name)) {
            kept.add(name);
            kept.add(value);
          }
        });
    return of(kept.toArray(String[]::new));
  }

  /**
   * The fields with one more at their end, in place of those that have its name.
   *
   * @param name the field name
   * @param value its only value
   * @return the fields
   */
  public Headers with(String name, String value) {
    List<String> kept = new ArrayList<>(fields.length + 2);
    for (int i = 0; i < fields.length; i += 2) {
      if (!fields[i].equalsIgnoreCase(name)) {
        kept.add(fields[i]);
        kept.add(fields[i + 1]);
      }
    }
    kept.add(name);
    kept.add(value);
    return of(kept.toArray(String[]::new));
  }

  /**
   * Visits the fields in order.
   *
   * @param visitor given name and value
   */
  public void forEach(BiConsumer<String, String> visitor) {
    for (int i = 0; i < fields.length; i += 2) {
      visitor.accept(fields[i], fields[i + 1]);
    }
  }

  private @Nullable String find(String name) {
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        return fields[i + 1];
      }
    }
    return null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof Headers that) || that.fields.length != fields.length) {
      return false;
    }
    for (int i = 0; i < fields.length; i += 2) {
      if (!fields[i].toLowerCase(Locale.ROOT).equals(that.fields[i].toLowerCase(Locale.ROOT))
          || !fields[i + 1].equals(that.fields[i + 1])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < fields.length; i += 2) {
      hash = 31 * hash + Objects.hash(fields[i].toLowerCase(Locale.ROOT), fields[i + 1]);
    }
    return hash;
  }

  /** The fields with the values of those that carry credentials masked. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < fields.length; i += 2) {
      text.append(i == 0 ? "" : ", ").append(fields[i]).append(": ");
      text.append(HeaderSyntax.isSensitive(fields[i]) ? Secret.MASK : fields[i + 1]);
    }
    return text.append('}').toString();
  }
}
