package org.sessionregistry;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

/**
 * Several bodies in one (RFC 2046 section 5.1), such as the fields and files of a form (RFC 7578):
 *
 * <pre>{@code
 * MultipartBody.form().field("title", "Invoice").file("scan", Path.of("scan.pdf")).build()
 * }</pre>
 *
 * <p>The parts are streamed one after the other, as fast as the server takes them; a file is never
 * in memory as a whole. The length is known if every part knows its own, and the body can be sent
 * again if every part can. Immutable; thread-safe if the parts are.
 */
public final class MultipartBody implements RequestBody, SessionEncoded {
  private final String subtype;
  private final String boundary;
  private final int parts;

  /** What is sent, with what stands between the parts. */
  private final List<RequestBody> sequence;

  MultipartBody(String subtype, String boundary, int parts, List<RequestBody> sequence) {
    this.subtype = subtype;
    this.boundary = boundary;
    this.parts = parts;
    this.sequence = List.copyOf(sequence);
  }

  /**
   * Starts a form with files, {@code multipart/form-data} (RFC 7578).
   *
   * @return a builder without parts
   */
  public static MultipartBodyBuilder form() {
    return new MultipartBodyBuilder("form-data");
  }

  /**
   * Starts a body of another subtype, such as {@code mixed} or {@code related}.
   *
   * @param subtype what follows {@code multipart/}, a token
   * @return a builder without parts
   * @throws IllegalArgumentException if it is not a token (RFC 9110 section 5.6.2)
   */
  public static MultipartBodyBuilder of(String subtype) {
    return new MultipartBodyBuilder(subtype);
  }

  /**
   * What separates the parts: random, so that no part can have it by intention.
   *
   * @return the boundary without the dashes before it
   */
  public String boundary() {
    return boundary;
  }

  @Override
  public Optional<String> contentType() {
    return Optional.of("multipart/" + subtype + "; boundary=" + boundary);
  }

  @Override
  public OptionalLong contentLength() {
    long sum = 0;
    for (RequestBody body : sequence) {
      OptionalLong length = body.contentLength();
      if (length.isEmpty()) {
        return OptionalLong.empty();
      }
      sum += length.getAsLong();
    }
    return OptionalLong.of(sum);
  }

  @Override
  public boolean replayable() {
    return sequence.stream().allMatch(RequestBody::replayable);
  }

  @Override
  public Flow.Publisher<ByteBuffer> open(Executor blocking) {
    return new ConcatPublisher(sequence, blocking);
  }

  @Override
  public RequestBody encodedBy(JsonCodec codec) {
    List<RequestBody> encoded = new ArrayList<>(sequence.size());
    for (RequestBody body : sequence) {
      encoded.add(body instanceof SessionEncoded open ? open.encodedBy(codec) : body);
    }
    return new MultipartBody(subtype, boundary, parts, encoded);
  }

  /** Type and number of parts. */
  @Override
  public String toString() {
    return "MultipartBody[multipart/" + subtype + ", " + parts + " parts]";
  }
}
