package org.sessionregistry.transport;

import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Scheduler;

/**
 * Connects to one of several addresses (RFC 8305 section 5): each gets a head start over the next,
 * which begins at once when one fails; the first that connects wins. The rule: whoever waits is
 * told once, after every other socket is gone. Confined to the executor; times run on the scheduler
 * and only hand tasks to it.
 *
 * @param <S> a socket that connects or is connected
 */
final class ConnectRace<S extends ConnectRace.Socket> {
  /** One that takes part. */
  interface Socket {
    /** Closes it, connected or not, and runs the action on the executor when it is gone. */
    void close(Runnable gone);
  }

  /** Begins to connect. */
  interface Connector<S> {
    /**
     * Connects to an address.
     *
     * @param outcome told on the executor: null when connected, but not before this returns; or why
     *     not, and then no socket is left
     */
    S connect(SocketAddress address, Consumer<@Nullable Throwable> outcome);
  }

  /** Hears how the race ends; one of these, unless it is aborted. */
  interface Listener<S> {
    void won(S socket);

    /** Nobody connected; why, by address, and whether that is because time was up. */
    void lost(Map<SocketAddress, Throwable> reasons, boolean late);
  }

  /**
   * The rules of a race.
   *
   * @param headStart of an address over the next; zero for one after the other
   * @param limit for all of it; zero for none
   */
  record Terms(Duration headStart, Duration limit) {}

  private final class Runner {
    final SocketAddress address;
    @Nullable S socket;

    Runner(SocketAddress address) {
      this.address = address;
    }
  }

  private static final Scheduler.Timer NONE = () -> {};

  private final Connector<S> connector;
  private final Deque<SocketAddress> left;
  private final FailingAddresses failing;
  private final Terms terms;
  private final Scheduler scheduler;
  private final Executor executor;
  private final Listener<S> listener;

  /** In the order in which they began. */
  private final List<Runner> running = new ArrayList<>(2);

  private final Map<SocketAddress, Throwable> reasons = new LinkedHashMap<>();
  private Scheduler.Timer nextTimer = NONE;
  private Scheduler.Timer limitTimer = NONE;
  private int begun;
  private boolean over;
  private int closing;
  private Runnable afterClosing = () -> {};

  ConnectRace(
      Connector<S> connector,
      List<? extends SocketAddress> addresses,
      FailingAddresses failing,
      Terms terms,
      Scheduler scheduler,
      Executor executor,
      Listener<S> listener) {
    this.connector = connector;
    this.left = new ArrayDeque<>(addresses);
    this.failing = failing;
    this.terms = terms;
    this.scheduler = scheduler;
    this.executor = executor;
    this.listener = listener;
  }

  void start() {
    if (!terms.limit.isZero()) {
      limitTimer = after(terms.limit, this::late);
    }
    next();
  }

  /** Ends the race without a winner, even one that was about to be told. */
  void abort(Runnable gone) {
    finish(running, gone);
  }

  private Scheduler.Timer after(Duration delay, Runnable task) {
    return scheduler.schedule(delay.toNanos(), () -> executor.execute(task));
  }

  private void next() {
    nextTimer.cancel();
    SocketAddress address = left.poll();
    if (address == null) {
      if (running.isEmpty()) {
        finish(List.of(), () -> listener.lost(reasons, false));
      }
      return;
    }
    int number = ++begun;
    begin(new Runner(address));
    if (!over && begun == number && !left.isEmpty() && !terms.headStart.isZero()) {
      nextTimer = after(terms.headStart, () -> headStartOver(number));
    }
  }

  private void begin(Runner runner) {
    running.add(runner);
    runner.socket = connector.connect(runner.address, failure -> ended(runner, failure));
  }

  private void headStartOver(int number) {
    if (!over && begun == number) {
      next();
    }
  }

  private void ended(Runner runner, @Nullable Throwable failure) {
    if (over || !running.contains(runner)) {
      return;
    }
    if (failure == null) {
      won(runner);
    } else {
      running.remove(runner);
      failed(runner.address, failure);
      next();
    }
  }

  private void failed(SocketAddress address, Throwable reason) {
    if (!(reason instanceof SourceAddress.BindException)) {
      failing.failed(address);
    }
    reasons.put(address, reason);
  }

  private void won(Runner winner) {
    failing.connected(winner.address);
    int place = running.indexOf(winner);
    // Their head start was no use to them, so next time somebody else has it.
    running.subList(0, place).forEach(overtaken -> failing.failed(overtaken.address));
    List<Runner> others = new ArrayList<>(running);
    others.remove(winner);
    running.retainAll(List.of(winner)); // until it is handed over, for an abort
    finish(others, () -> handOver(winner));
  }

  private void handOver(Runner winner) {
    running.clear();
    S socket = winner.socket;
    if (socket == null) {
      throw new IllegalStateException("connected before connect() has returned");
    }
    listener.won(socket);
  }

  private void late() {
    if (!over) {
      for (Runner runner : running) {
        failed(runner.address, new SocketTimeoutException("no answer"));
      }
      finish(running, () -> listener.lost(reasons, true));
    }
  }

  /** Whatever was to follow an earlier end is forgotten: only an abort comes later. */
  private void finish(List<Runner> leaving, Runnable then) {
    over = true;
    nextTimer.cancel();
    limitTimer.cancel();
    afterClosing = then;
    List<Runner> closed = new ArrayList<>(leaving);
    closing += closed.size() + 1;
    running.removeAll(closed);
    for (Runner runner : closed) {
      if (runner.socket == null) {
        gone();
      } else {
        runner.socket.close(this::gone);
      }
    }
    gone();
  }

  private void gone() {
    if (--closing == 0) {
      afterClosing.run();
    }
  }
}
