package org.sessionregistry.content;

import java.util.zip.CRC32;

/**
 * The header of one gzip member (RFC 1952 section 2.3), byte by byte; nothing of it is kept.
 * Confined to the reader of the body.
 */
final class GzipHeader {
  /** Names and comments have no limit of their own. */
  private static final int LONGEST = 128 * 1024;

  private static final int FIXED = 10;
  private static final int FHCRC = 0x02;
  private static final int FEXTRA = 0x04;
  private static final int FNAME = 0x08;
  private static final int FCOMMENT = 0x10;
  private static final int RESERVED = 0xE0;

  private enum Part {
    FIXED,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    CHECKSUM,
    DONE
  }

  private final CRC32 crc = new CRC32();
  private Part part = Part.FIXED;
  private int flags;
  private int length;

  /** Bytes of this part so far, or those of the extra field that are still to come. */
  private int count;

  private int number;

  boolean isDone() {
    return part == Part.DONE;
  }

  void add(int value) throws ContentException {
    if (++length > LONGEST) {
      throw ContentException.corrupt("the gzip header is longer than " + LONGEST + " bytes");
    }
    if (part != Part.CHECKSUM) {
      crc.update(value);
    }
    switch (part) {
      case FIXED -> fixed(value);
      case EXTRA_LENGTH -> {
        number |= value << (8 * count++);
        if (count == 2) {
          count = number;
          part = Part.EXTRA;
          if (count == 0) {
            after(Part.EXTRA);
          }
        }
      }
      case EXTRA -> {
        if (--count == 0) {
          after(Part.EXTRA);
        }
      }
      case NAME, COMMENT -> {
        if (value == 0) {
          after(part);
        }
      }
      case CHECKSUM -> {
        number |= value << (8 * count++);
        if (count == 2) {
          if (number != (crc.getValue() & 0xFFFF)) {
            throw ContentException.corrupt("the checksum of the gzip header is wrong");
          }
          part = Part.DONE;
        }
      }
      case DONE -> throw new IllegalStateException("the header is over");
    }
  }

  private void fixed(int value) throws ContentException {
    boolean right =
        switch (count) {
          case 0 -> value == 0x1F;
          case 1 -> value == 0x8B;
          case 2 -> value == 8;
          case 3 -> (value & RESERVED) == 0;
          default -> true;
        };
    if (!right) {
      throw ContentException.corrupt("what should be gzip data is none");
    }
    if (count == 3) {
      flags = value;
    }
    if (++count == FIXED) {
      after(Part.FIXED);
    }
  }

  /** Goes to the next part that the flags announce. */
  private void after(Part over) {
    count = 0;
    number = 0;
    Part next = Part.DONE;
    if ((flags & FHCRC) != 0) {
      next = Part.CHECKSUM;
    }
    if ((flags & FCOMMENT) != 0 && over.compareTo(Part.COMMENT) < 0) {
      next = Part.COMMENT;
    }
    if ((flags & FNAME) != 0 && over.compareTo(Part.NAME) < 0) {
      next = Part.NAME;
    }
    if ((flags & FEXTRA) != 0 && over.compareTo(Part.EXTRA_LENGTH) < 0) {
      next = Part.EXTRA_LENGTH;
    }
    part = next;
  }
}
