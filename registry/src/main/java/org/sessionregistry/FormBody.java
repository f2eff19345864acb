package org.sessionregistry;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * The fields of a form as {@code application/x-www-form-urlencoded} (WHATWG URL section 5.2), in
 * UTF-8: {@code name=Ada+Lovelace&tag=a&tag=b}. In memory and replayable. Immutable, for any
 * thread.
 */
public final class FormBody implements RequestBody {
  private static final String TYPE = "application/x-www-form-urlencoded";

  private final MemoryBody encoded;
  private final int fields;

  private FormBody(String text, int fields) {
    this.encoded = new MemoryBody(Optional.of(TYPE), text.getBytes(StandardCharsets.US_ASCII));
    this.fields = fields;
  }

  /**
   * Starts a form.
   *
   * @return a builder without fields
   */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Optional<String> contentType() {
    return encoded.contentType();
  }

  @Override
  public OptionalLong contentLength() {
    return encoded.contentLength();
  }

  @Override
  public boolean replayable() {
    return true;
  }

  @Override
  public Flow.Publisher<ByteBuffer> open(Executor blocking) {
    return encoded.open(blocking);
  }

  @Override
  public Optional<byte[]> inMemory() {
    return encoded.inMemory();
  }

  /** How many fields there are; not what they say, which is often a password. */
  @Override
  public String toString() {
    return "FormBody[" + fields + " fields]";
  }

  /** Collects the fields of a form in their order. Not thread-safe. */
  public static final class Builder {
    private final StringBuilder text = new StringBuilder();
    private int fields;

    private Builder() {}

    /**
     * Appends a field; the same name may be given again.
     *
     * @param name the name, not encoded
     * @param value the value, not encoded; what its {@code toString()} gives
     * @return this
     */
    public Builder field(String name, Object value) {
      text.append(fields == 0 ? "" : "&").append(encode(name)).append('=');
      text.append(encode(value.toString()));
      fields++;
      return this;
    }

    /**
     * The form as it stands.
     *
     * @return a replayable body
     */
    public FormBody build() {
      return new FormBody(text.toString(), fields);
    }

    /** The JDK encodes as the standard says, but for half a surrogate pair, which is no text. */
    private static String encode(String part) {
      return URLEncoder.encode(wellFormed(part), StandardCharsets.UTF_8);
    }

    private static String wellFormed(String part) {
      StringBuilder text = new StringBuilder(part.length());
      part.codePoints()
          .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
          .forEach(text::appendCodePoint);
      return text.toString();
    }
  }
}
