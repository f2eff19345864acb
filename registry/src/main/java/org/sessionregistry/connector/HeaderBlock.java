package org.sessionregistry.connector;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request, framing included, in the order in which they are sent. Requests
 * that say the same may share one, and then the bytes that a connection has made of it, so that
 * they are made once. Never changed; thread-safe. Two threads may both make the bytes, which are
 * equal.
 */
public final class HeaderBlock {
  private final String[] fields;
  private final boolean shared;
  private volatile byte @Nullable [] bytes;

  private HeaderBlock(String[] fields, boolean shared) {
    this.fields = fields;
    this.shared = shared;
  }

  /**
   * The fields of one request.
   *
   * @param fields name, value, name, value, …; not copied
   */
  public static HeaderBlock of(String[] fields) {
    return new HeaderBlock(fields, false);
  }

  /**
   * The fields of many requests.
   *
   * @param fields name, value, name, value, …; not copied
   */
  public static HeaderBlock shared(String[] fields) {
    return new HeaderBlock(fields, true);
  }

  /** Name, value, name, value, …; not to be changed. */
  public String[] fields() {
    return fields;
  }

  /**
   * The bytes of a block that is shared; null for one that is not worth it.
   *
   * @param encoding makes them of the fields
   * @return the bytes, not to be changed
   */
  public byte @Nullable [] bytes(Function<String[], byte[]> encoding) {
    if (!shared) {
      return null;
    }
    byte[] made = bytes;
    if (made == null) {
      made = encoding.apply(fields);
      bytes = made;
    }
    return made;
  }
}
