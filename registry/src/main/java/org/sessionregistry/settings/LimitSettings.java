package org.sessionregistry.settings;

/**
 * Bounds on what a peer can make us hold in memory.
 *
 * @param responseHeaders all header fields of a response together
 * @param bufferedBody what the loading of a whole body may hold; streaming is not limited
 */
public record LimitSettings(
    @Setting("All header fields of a response together.") DataSize responseHeaders,
    @Setting("What bytes() and text() may hold; streaming is not limited.") DataSize bufferedBody) {

  /** The defaults: 64 KiB of headers, 64 MiB of buffered body. */
  public static final LimitSettings DEFAULTS =
      new LimitSettings(DataSize.ofKibibytes(64), DataSize.ofMebibytes(64));

  /** Refuses sizes of zero and of 2 GiB or more. */
  public LimitSettings {
    Check.size("limits.response-headers", responseHeaders);
    Check.size("limits.buffered-body", bufferedBody);
  }

  /**
   * A copy with another limit for headers.
   *
   * @param value the limit
   * @return the copy
   */
  public LimitSettings withResponseHeaders(DataSize value) {
    return new LimitSettings(value, bufferedBody);
  }

  /**
   * A copy with another limit for buffered bodies.
   *
   * @param value the limit
   * @return the copy
   */
  public LimitSettings withBufferedBody(DataSize value) {
    return new LimitSettings(responseHeaders, value);
  }
}
