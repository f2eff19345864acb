package org.sessionregistry.cdi;

import jakarta.json.bind.Jsonb;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.JsonCodec;

/**
 * The application's own JSON-B as a codec. It must stay the only class of this module that needs
 * that API, and is loaded when a bean of its type is used. Thread-safe, as a {@link Jsonb} is.
 */
record JsonBindingCodec(Jsonb jsonb) implements JsonCodec {
  static JsonCodec over(Object jsonb) {
    return new JsonBindingCodec((Jsonb) jsonb);
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
