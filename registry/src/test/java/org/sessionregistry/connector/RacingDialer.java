package org.sessionregistry.connector;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;

/**
 * A dialer whose connections open, fail, are aborted and close on other threads, or at once, as
 * chance will have it, and whose peers change their minds about how many exchanges they serve at
 * once. It keeps the contract of {@link Dialer}, and notices more users of a connection than it
 * ever allowed. Thread-safe.
 */
final class RacingDialer implements Dialer {
  final Sockets sockets;
  private final Executor loops;
  private final int mostAtOnce;

  RacingDialer(Executor loops, int mostAtOnce, Sockets sockets) {
    this.loops = loops;
    this.mostAtOnce = mostAtOnce;
    this.sockets = sockets;
  }

  @Override
  public Dial dial(Route route, Listener listener) {
    Attempt attempt = new Attempt(route, listener);
    sockets.begin(route);
    perhapsLater(attempt::decide);
    return attempt;
  }

  private void perhapsLater(Runnable action) {
    if (percent(90)) {
      loops.execute(action);
    } else {
      action.run();
    }
  }

  static boolean percent(int chance) {
    return ThreadLocalRandom.current().nextInt(100) < chance;
  }

  private static int oneOfAtMost(int most) {
    return 1 + ThreadLocalRandom.current().nextInt(most);
  }

  private enum Outcome {
    OPENED,
    FAILED
  }

  private final class Attempt implements Dial {
    private final Route route;
    private final Listener listener;
    private final AtomicReference<Outcome> outcome = new AtomicReference<>();

    Attempt(Route route, Listener listener) {
      this.route = route;
      this.listener = listener;
    }

    void decide() {
      if (percent(15)) {
        fail(Kind.CONNECT_FAILED);
      } else if (outcome.compareAndSet(null, Outcome.OPENED)) {
        Socket socket = new Socket(route, listener);
        listener.opened(socket, oneOfAtMost(mostAtOnce));
        if (percent(10)) {
          loops.execute(socket::gone);
        } else if (mostAtOnce > 1 && percent(20)) {
          loops.execute(socket::changeItsMind);
        }
      }
    }

    private void fail(Kind kind) {
      if (outcome.compareAndSet(null, Outcome.FAILED)) {
        sockets.end(route);
        listener.failed(new DialFailure(kind, "by chance", null));
      }
    }

    @Override
    public void abort() {
      perhapsLater(() -> fail(Kind.ABORTED));
    }

    @Override
    public Timing timing() {
      return Timing.NONE;
    }
  }

  /** A connection that knows how many use it. */
  final class Socket implements Connection {
    private final Route route;
    private final Listener listener;
    private final AtomicBoolean gone = new AtomicBoolean();
    private final AtomicInteger users = new AtomicInteger();

    private Socket(Route route, Listener listener) {
      this.route = route;
      this.listener = listener;
    }

    void beginUse() {
      if (users.incrementAndGet() > mostAtOnce) {
        throw new AssertionError("too many use one connection");
      }
    }

    void endUse() {
      users.decrementAndGet();
    }

    private void changeItsMind() {
      if (!gone.get()) {
        listener.capacity(percent(30) ? 0 : oneOfAtMost(mostAtOnce));
      }
    }

    private void gone() {
      if (gone.compareAndSet(false, true)) {
        sockets.end(route);
        listener.closed();
      }
    }

    @Override
    public void close() {
      perhapsLater(this::gone);
    }

    @Override
    public void exchange(OutgoingRequest request, ExchangeEvents events) {
      throw new UnsupportedOperationException("the pool sends nothing");
    }

    @Override
    public boolean multiplexes() {
      return mostAtOnce > 1;
    }

    @Override
    public void cancel(ExchangeEvents exchange) {
      throw new UnsupportedOperationException("the pool sends nothing");
    }

    @Override
    public void resume(ExchangeEvents exchange) {
      throw new UnsupportedOperationException("the pool reads nothing");
    }

    @Override
    public void discard(ExchangeEvents exchange) {
      throw new UnsupportedOperationException("the pool reads nothing");
    }
  }
}
