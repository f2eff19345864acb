package org.sessionregistry;

import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns objects into JSON and back. A session uses one for {@link RequestBuilder#json} and {@link
 * Response#json(Class)}; it has to be thread-safe.
 */
public interface JsonCodec {
  /**
   * Writes a value.
   *
   * @param value the value
   * @return JSON in UTF-8 (RFC 8259 section 8.1)
   * @throws RuntimeException if the value cannot be written
   */
  byte[] write(Object value);

  /**
   * Reads a value.
   *
   * @param json JSON in UTF-8, without a byte order mark
   * @param type what to make of it: a class or a generic type
   * @return a value of that type; null for the JSON text {@code null}
   * @throws RuntimeException if it is not JSON, or cannot be read as that type
   */
  @Nullable Object read(byte[] json, Type type);

  /**
   * JSON-B with its default configuration. It is looked for when it is first used, and not being
   * there is an {@link IllegalStateException} that says what to add to the class path.
   *
   * @return a codec of its own
   */
  static JsonCodec ofJsonBinding() {
    return new OptionalJsonBinding();
  }
}
