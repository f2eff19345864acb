package org.sessionregistry.content;

/**
 * Takes a coding, or a chain of them, off one body. Confined to the reader of the body.
 *
 * <p>A body without any byte is empty in every coding.
 */
public abstract class ContentDecoder implements AutoCloseable {
  private static final byte[] NOTHING = {};

  private final String coding;
  private byte[] part = NOTHING;
  private int at;
  private boolean any;
  private boolean inputEnded;
  private boolean atEnd;
  private boolean closed;

  ContentDecoder(String coding) {
    this.coding = coding;
  }

  /**
   * Gives the next part of the input, when {@link #decode} has returned 0.
   *
   * @param bytes the part; handed over
   * @throws IllegalStateException if the part before is not used up, or the input has ended
   */
  public final void input(byte[] bytes) {
    if (unread() > 0 || inputEnded) {
      throw new IllegalStateException("the decoder has input, or has had its end");
    }
    part = bytes;
    at = 0;
    any |= bytes.length > 0;
  }

  /** Says that no further input comes. */
  public final void endOfInput() {
    inputEnded = true;
  }

  /**
   * Decodes on.
   *
   * @param into where the decoded bytes go
   * @param offset where they begin
   * @param length how many there may be, at least 1
   * @return how many there are; 0 when it {@linkplain #isAtEnd() is at its end} or needs more input
   * @throws ContentException if the content is not what its coding promises
   */
  public final int decode(byte[] into, int offset, int length) throws ContentException {
    if (closed) {
      throw new IllegalStateException("the decoder is closed");
    }
    if (length < 1) {
      throw new IllegalArgumentException("no room for anything decoded");
    }
    if (atEnd) {
      return 0;
    }
    if (!any) {
      atEnd = inputEnded;
      return 0;
    }
    int decoded = step(into, offset, length);
    if (decoded == 0) {
      if (unread() > 0) {
        throw ContentException.corrupt("something follows the end of the " + coding + " data");
      }
      if (inputEnded) {
        if (!mayEndHere()) {
          throw ContentException.truncated(coding);
        }
        atEnd = true;
      }
    }
    return decoded;
  }

  /**
   * Whether everything was decoded.
   *
   * @return true after the end of the input, when all of it has come out
   */
  public final boolean isAtEnd() {
    return atEnd;
  }

  /** Frees its memory; closing twice is harmless. */
  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      part = NOTHING;
      at = 0;
      free();
    }
  }

  // ---- what a coding does ---------------------------------------------------------------------

  /**
   * Decodes on. Returns 0 when the unread input is used up, or when what is left of it comes after
   * the end of the data and is not tolerated.
   */
  abstract int step(byte[] into, int offset, int length) throws ContentException;

  /** Whether the data are complete, should no more come. */
  abstract boolean mayEndHere() throws ContentException;

  abstract void free();

  // ---- its input ------------------------------------------------------------------------------

  final boolean inputHasEnded() {
    return inputEnded;
  }

  final int unread() {
    return part.length - at;
  }

  final byte[] part() {
    return part;
  }

  final int position() {
    return at;
  }

  final void skip(int bytes) {
    at += bytes;
  }

  /** The next byte; there must be one. */
  final int take() {
    return part[at++] & 0xFF;
  }
}
