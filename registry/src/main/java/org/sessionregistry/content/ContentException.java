package org.sessionregistry.content;

import org.jspecify.annotations.Nullable;

/** Content is not what its coding promises. */
public final class ContentException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it. */
  public enum Kind {
    /** It ends too early. */
    TRUNCATED,
    /** It breaks the rules of its format, or its checksum is wrong. */
    CORRUPT
  }

  private final Kind kind;

  ContentException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  static ContentException corrupt(String message) {
    return new ContentException(Kind.CORRUPT, message, null);
  }

  static ContentException truncated(String coding) {
    return new ContentException(
        Kind.TRUNCATED, "the body ends before its " + coding + " data does", null);
  }

  /**
   * What is wrong with the content.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }
}
