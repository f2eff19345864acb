package org.sessionregistry.exchange;

import org.jspecify.annotations.Nullable;

/**
 * Whether the response of one attempt is watched for being forgotten: not before its body turns out
 * to be long, because one that comes with its head holds nothing. Confined to the event loop but
 * for {@link #end}.
 */
final class ResponseWatch {
  private final LeakWatch leaks;
  private @Nullable StandardResponse unwatched;
  private boolean begun;
  private volatile boolean over;
  private volatile LeakWatch.@Nullable Watched watched;

  ResponseWatch(LeakWatch leaks) {
    this.leaks = leaks;
  }

  /** The head is here; without any time limit, nothing but the watch would find the response. */
  void begin(StandardResponse response, Exchange exchange, BodyBuffer body) {
    if (!leaks.isOff()) {
      unwatched = response;
      if (exchange.limit().isNone()) {
        watch(exchange, body);
      }
    }
  }

  /** A part of the body is here, and it is not the first one. */
  void partCame(Exchange exchange, BodyBuffer body) {
    if (begun) {
      watch(exchange, body);
    }
    begun = true;
  }

  private void watch(Exchange exchange, BodyBuffer body) {
    StandardResponse response = unwatched;
    if (response != null) {
      unwatched = null;
      LeakWatch.Watched added = leaks.watch(response, exchange, body);
      watched = added;
      if (over) {
        added.end(); // it ended in this very moment
      }
    }
  }

  /** The body has come to its end. */
  void bodyEnded() {
    unwatched = null;
  }

  /** The attempt is over. */
  void end() {
    over = true;
    LeakWatch.Watched ended = watched;
    if (ended != null) {
      ended.end();
    }
  }
}
