package org.sessionregistry.content;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Lets an inflater work on what a decoder has not read. Confined to the reader of the body. */
final class Inflation {
  private Inflation() {}

  static int step(Inflater inflater, ContentDecoder from, byte[] into, int offset, int length)
      throws ContentException {
    int unread = from.unread();
    inflater.setInput(from.part(), from.position(), unread);
    try {
      int decoded = inflater.inflate(into, offset, length);
      from.skip(unread - inflater.getRemaining());
      return decoded;
    } catch (DataFormatException e) {
      throw new ContentException(
          ContentException.Kind.CORRUPT, "not valid deflate data: " + e.getMessage(), e);
    }
  }
}
