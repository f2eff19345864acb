package org.sessionregistry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sessionregistry.settings.HeaderSyntax;

/**
 * Collects the parts of a {@link MultipartBody} in their order. Names and file names are sent in
 * UTF-8, with quotes and line breaks percent encoded (RFC 7578 section 4.2, as browsers do it); no
 * name can end its header or begin another. Not thread-safe.
 */
public final class MultipartBodyBuilder {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String LETTERS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int BOUNDARY_LETTERS = 40;

  private final String subtype;
  private final String boundary = randomBoundary();
  private final List<RequestBody> sequence = new ArrayList<>();
  private int parts;

  MultipartBodyBuilder(String subtype) {
    if (!HeaderSyntax.isToken(subtype)) {
      throw new IllegalArgumentException(
          "the subtype '" + subtype + "' is not a token (RFC 9110 section 5.6.2)");
    }
    this.subtype = subtype;
  }

  /**
   * Adds a field of a form: text in UTF-8, without a content type of its own.
   *
   * @param name the field's name; the same name may be given again
   * @param value the value; what its {@code toString()} gives
   * @return this
   */
  public MultipartBodyBuilder field(String name, Object value) {
    byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
    return add(disposition(name), Optional.empty(), new MemoryBody(Optional.empty(), text));
  }

  /**
   * Adds a file of a form under its own name, as {@code application/octet-stream}.
   *
   * @param name the field's name
   * @param file the file, read when the request is sent; of the length it has now
   * @return this
   * @throws IOException if the file cannot be read
   */
  public MultipartBodyBuilder file(String name, Path file) throws IOException {
    return part(name, nameOf(file), RequestBody.ofFile(file));
  }

  /**
   * Adds a file of a form under its own name.
   *
   * @param name the field's name
   * @param file the file, read when the request is sent; of the length it has now
   * @param contentType the media type
   * @return this
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the type cannot be the value of a header
   */
  public MultipartBodyBuilder file(String name, Path file, String contentType) throws IOException {
    return part(name, nameOf(file), RequestBody.ofFile(file, contentType));
  }

  private static String nameOf(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }

  /**
   * Adds any body as a field of a form, with its own content type.
   *
   * @param name the field's name
   * @param body the content
   * @return this
   * @throws IllegalArgumentException if its content type cannot be the value of a header
   */
  public MultipartBodyBuilder part(String name, RequestBody body) {
    return add(disposition(name), body.contentType(), body);
  }

  /**
   * Adds any body as a file of a form, with its own content type.
   *
   * @param name the field's name
   * @param fileName the name of the file, without directories
   * @param body the content
   * @return this
   * @throws IllegalArgumentException if its content type cannot be the value of a header
   */
  public MultipartBodyBuilder part(String name, String fileName, RequestBody body) {
    return add(
        disposition(name) + "; filename=\"" + escaped(fileName) + '"', body.contentType(), body);
  }

  /**
   * Adds a part with the given header fields, for subtypes other than {@code form-data}. The body's
   * content type is added unless they have one.
   *
   * @param headers the part's fields, for example {@code Content-ID}
   * @param body the content
   * @return this
   * @throws IllegalArgumentException if a name is not a token, or a value has CR, LF, NUL or
   *     another control character (RFC 9110 sections 5.1 and 5.5)
   */
  public MultipartBodyBuilder part(Headers headers, RequestBody body) {
    StringBuilder head = new StringBuilder();
    headers.forEach((name, value) -> appendField(name, value, head));
    if (!headers.contains("Content-Type")) {
      body.contentType().ifPresent(type -> appendField("Content-Type", type, head));
    }
    return addPart(head.toString(), body);
  }

  /**
   * The body as it stands.
   *
   * @return the body
   * @throws IllegalArgumentException if there is no part (RFC 2046 section 5.1.1)
   */
  public MultipartBody build() {
    if (parts == 0) {
      throw new IllegalArgumentException(
          "a multipart body has at least one part (RFC 2046 section 5.1.1)");
    }
    List<RequestBody> all = new ArrayList<>(sequence);
    all.add(literal("\r\n--" + boundary + "--\r\n"));
    return new MultipartBody(subtype, boundary, parts, all);
  }

  private MultipartBodyBuilder add(
      String disposition, Optional<String> contentType, RequestBody body) {
    // Not through appendField: names in UTF-8 are more than a header of HTTP may have.
    StringBuilder head = new StringBuilder("Content-Disposition: ").append(disposition);
    head.append("\r\n");
    contentType.ifPresent(type -> appendField("Content-Type", type, head));
    return addPart(head.toString(), body);
  }

  private MultipartBodyBuilder addPart(String head, RequestBody body) {
    sequence.add(literal((parts == 0 ? "--" : "\r\n--") + boundary + "\r\n" + head + "\r\n"));
    sequence.add(body);
    parts++;
    return this;
  }

  private static String disposition(String name) {
    return "form-data; name=\"" + escaped(name) + '"';
  }

  private static String escaped(String name) {
    return name.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
  }

  private static void appendField(String name, String value, StringBuilder to) {
    if (!HeaderSyntax.isToken(name)) {
      throw new IllegalArgumentException(
          "a part's header: expected a name of letters, digits and !#$%&'*+-.^_`|~ (RFC 9110"
              + " section 5.6.2)");
    }
    HeaderSyntax.problemWithValue(value)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "a part's header '" + name + "': expected " + problem);
            });
    to.append(name).append(": ").append(value).append("\r\n");
  }

  private static RequestBody literal(String text) {
    return new MemoryBody(Optional.empty(), text.getBytes(StandardCharsets.UTF_8));
  }

  private static String randomBoundary() {
    StringBuilder text = new StringBuilder(BOUNDARY_LETTERS);
    for (int i = 0; i < BOUNDARY_LETTERS; i++) {
      text.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return text.toString();
  }
}
