package org.sessionregistry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one request asks of the wire beyond being sent and answered. Immutable.
 *
 * @param expectContinue how long to wait with the body for {@code 100 Continue}; empty to send it
 *     at once
 * @param acceptsTrailers whether the server is told that trailers are welcome
 * @param trailers fields that are sent after the body
 * @param onInformational hears of responses before the response
 * @param onUpload hears how much of the body was written
 */
public record Transmission(
    Optional<Duration> expectContinue,
    boolean acceptsTrailers,
    List<Trailer> trailers,
    Optional<Consumer<InformationalResponse>> onInformational,
    Optional<UploadProgress> onUpload) {

  /** Nothing beyond; what almost every request has, so that it is told by its identity. */
  public static final Transmission PLAIN =
      new Transmission(Optional.empty(), false, List.of(), Optional.empty(), Optional.empty());

  /**
   * Whether nothing is asked for.
   *
   * @return true for {@link #PLAIN} itself
   */
  @SuppressWarnings("ReferenceEquality") // asked for each request: one that equals it is as good
  public boolean isPlain() {
    return this == PLAIN;
  }

  /** Copies the list. */
  public Transmission {
    trailers = List.copyOf(trailers);
  }

  Transmission withExpectContinue(Duration wait) {
    return new Transmission(
        Optional.of(wait), acceptsTrailers, trailers, onInformational, onUpload);
  }

  Transmission acceptingTrailers() {
    return new Transmission(expectContinue, true, trailers, onInformational, onUpload);
  }

  Transmission withTrailer(Trailer trailer) {
    List<Trailer> all = new ArrayList<>(trailers);
    all.add(trailer);
    return new Transmission(expectContinue, acceptsTrailers, all, onInformational, onUpload);
  }

  Transmission withOnInformational(Consumer<InformationalResponse> listener) {
    return new Transmission(
        expectContinue, acceptsTrailers, trailers, Optional.of(listener), onUpload);
  }

  Transmission withOnUpload(UploadProgress listener) {
    return new Transmission(
        expectContinue, acceptsTrailers, trailers, onInformational, Optional.of(listener));
  }
}
