package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Type;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionException;

/**
 * Reads a loaded body as JSON. Whatever the server sent, the codec gets UTF-8 without a byte order
 * mark (RFC 8259 section 8.1). It is the application's code, so no thread of the registry that must
 * not block may call it.
 */
final class JsonReading {
  private final Exchange exchange;
  private final String contentType;
  private final Charset charset;

  JsonReading(Exchange exchange, String contentType, Charset charset) {
    this.exchange = exchange;
    this.contentType = contentType;
    this.charset = charset;
  }

  /** A value of the type; its caller knows what that is. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T> T read(byte[] body, Type type) throws SessionException {
    boolean plain = charset.equals(UTF_8) && Text.markLength(body) == 0;
    byte[] json = plain ? body : Text.decode(body, charset).getBytes(UTF_8);
    Object value;
    try {
      value = json.length == 0 ? null : exchange.context().json.read(json, type);
    } catch (IllegalStateException noCodec) {
      throw noCodec;
    } catch (RuntimeException e) {
      throw unreadable(body, type, e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
    if (value == null) {
      throw unreadable(body, type, json.length == 0 ? "it is empty" : "it is null", null);
    }
    return (T) value;
  }

  private SessionException unreadable(byte[] body, Type type, String why, @Nullable Throwable e) {
    String text = Text.decode(body, charset);
    return exchange
        .context()
        .failures
        .unreadable(exchange.detail(), type.getTypeName(), contentType, text, why, e);
  }
}
