package org.sessionregistry;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * JSON-B as a codec: the only class that needs the API to be loaded, and {@link
 * OptionalJsonBinding} expects that it is not there. Thread-safe, as a {@link Jsonb} is.
 */
record JsonBinding(Jsonb jsonb) implements JsonCodec {
  /**
   * Finds an implementation beside this library, as in a web application, or else where the
   * caller's context class loader looks.
   */
  static JsonCodec open() {
    Thread thread = Thread.currentThread();
    ClassLoader callers = thread.getContextClassLoader();
    thread.setContextClassLoader(JsonBinding.class.getClassLoader());
    try {
      return new JsonBinding(JsonbBuilder.create());
    } catch (JsonbException notHere) {
      thread.setContextClassLoader(callers);
      return new JsonBinding(JsonbBuilder.create());
    } finally {
      thread.setContextClassLoader(callers);
    }
  }

  @Override
  public byte[] write(Object value) {
    ByteArrayOutputStream json = new ByteArrayOutputStream(256);
    jsonb.toJson(value, json);
    return json.toByteArray();
  }

  @Override
  public @Nullable Object read(byte[] json, Type type) {
    return jsonb.fromJson(new ByteArrayInputStream(json), type);
  }
}
