package org.sessionregistry.transport;

import java.util.function.IntConsumer;

/**
 * How many streams a connection may have at once, as the dialer tells the pool: what the peer
 * allows but no more than the session wants, and none once the connection is to end. Confined to
 * the event loop.
 */
final class StreamLimit {
  private final int own;
  private final IntConsumer changed;
  private int peers;
  private boolean retired;
  private int told;

  /**
   * Before the peer's SETTINGS there is no room.
   *
   * @param own the session's {@code pool.max-streams-per-connection}
   * @param changed hears every change
   */
  StreamLimit(int own, IntConsumer changed) {
    this.own = own;
    this.changed = changed;
  }

  int now() {
    return retired ? 0 : Math.min(peers, own);
  }

  void peerAllows(int streams) {
    peers = streams;
    tell();
  }

  /** No stream is to be begun any more, and that stays so. */
  void retire() {
    retired = true;
    tell();
  }

  private void tell() {
    int now = now();
    if (now != told) {
      told = now;
      changed.accept(now);
    }
  }
}
