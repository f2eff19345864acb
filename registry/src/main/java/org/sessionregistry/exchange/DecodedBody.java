package org.sessionregistry.exchange;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionException;
import org.sessionregistry.content.ContentCoding;
import org.sessionregistry.content.ContentDecoder;
import org.sessionregistry.content.ContentException;

/**
 * A body with its content codings taken off, piece by piece as the reader asks, so that a small
 * body which stands for a huge one never expands further than somebody reads. The decoder is opened
 * with the first piece and closed with the last one, when the reader comes to a failure, or with
 * the response, whichever is first; the lock keeps its closing and its decoding apart. What came
 * before a failure is read before it.
 */
final class DecodedBody implements BodySource {
  private static final int PIECE = 16 * 1024;
  private static final byte[] NOTHING = {};

  private final Exchange exchange;
  private final BodySource coded;
  private final List<ContentCoding> applied;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable ContentDecoder decoder;

  @GuardedBy("lock")
  private byte[] scratch = NOTHING;

  /** Whether the decoder has given all that it can make of what came. */
  @GuardedBy("lock")
  private boolean idle = true;

  @GuardedBy("lock")
  private boolean over;

  private volatile Runnable reader = DecodedBody::nobody;

  private volatile @Nullable SessionException failure;

  DecodedBody(Exchange exchange, BodySource coded, List<ContentCoding> applied) {
    this.exchange = exchange;
    this.coded = coded;
    this.applied = applied;
  }

  /** Told while there is no reader yet. */
  private static void nobody() {}

  @Override
  public void readBy(Runnable told) {
    reader = told;
    coded.readBy(told);
  }

  @Override
  public byte @Nullable [] poll() {
    try {
      byte[] piece = decode(null, false);
      while (piece == null && !isOver()) {
        byte[] part = coded.poll();
        if (part == null && (!coded.isOver() || coded.failure() != null)) {
          return null; // isOver() tells which
        }
        piece = decode(part, part == null);
      }
      return piece;
    } catch (ContentException e) {
      fail(e);
      return null;
    }
  }

  /** Decodes on, after more input or its end if there is any. */
  private byte @Nullable [] decode(byte @Nullable [] input, boolean end) throws ContentException {
    lock.lock();
    try {
      if (over) {
        return null;
      }
      ContentDecoder decoding = decoder;
      if (decoding == null) {
        decoding = ContentCoding.decoder(applied);
        decoder = decoding;
        scratch = new byte[PIECE];
      }
      if (input != null) {
        decoding.input(input);
      } else if (end) {
        decoding.endOfInput();
      }
      int length = decoding.decode(scratch, 0, PIECE);
      idle = length == 0;
      if (decoding.isAtEnd()) {
        free();
      }
      return length == 0 ? null : Arrays.copyOf(scratch, length);
    } finally {
      lock.unlock();
    }
  }

  private void fail(ContentException broken) {
    SessionException made = exchange.context().failures.content(exchange.detail(), broken);
    failure = made;
    free();
    exchange.fail(made);
    coded.close();
  }

  private void free() {
    lock.lock();
    try {
      over = true;
      if (decoder != null) {
        decoder.close();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isOver() {
    boolean failed = coded.failure() != null && coded.isOver();
    lock.lock();
    try {
      if (failed && idle) {
        free();
      }
      return over;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable SessionException failure() {
    SessionException own = failure;
    return own == null ? coded.failure() : own;
  }

  @Override
  public void want() {
    coded.want();
  }

  @Override
  public void close() {
    boolean early;
    lock.lock();
    try {
      early = !over;
    } finally {
      lock.unlock();
    }
    if (early) {
      giveUp(exchange.context().failures.readAfterClose(exchange.detail()));
    }
    coded.close();
    if (early) {
      reader.run();
    }
  }

  /** Without a failure what was decoded so far would look like the whole. */
  private void giveUp(SessionException gone) {
    boolean failed = coded.failure() != null;
    lock.lock();
    try {
      if (!over && !failed) {
        failure = gone;
      }
      free();
    } finally {
      lock.unlock();
    }
  }
}
