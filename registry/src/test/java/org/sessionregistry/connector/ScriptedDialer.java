package org.sessionregistry.connector;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A dialer that opens and fails connections as the test says: later, through {@link #dial(int)}, or
 * at once. It never forgets a dial. For one thread.
 */
final class ScriptedDialer implements Dialer {
  final Sockets sockets = new Sockets();

  /** Whether the socket is gone before {@link Connection#close} returns. */
  boolean finishesCloses = true;

  /** Whether an attempt has ended before {@link Dialer.Dial#abort} returns. */
  boolean finishesAborts = true;

  private final List<FakeDial> dials = new ArrayList<>();
  private Consumer<FakeDial> atOnce = dial -> {};

  @Override
  public Dial dial(Route route, Listener listener) {
    FakeDial dial = new FakeDial(this, dials.size(), route, listener);
    dials.add(dial);
    atOnce.accept(dial);
    return dial;
  }

  /** From now on this happens to every dial before {@link #dial(Route, Listener)} returns. */
  void atOnce(Consumer<FakeDial> script) {
    atOnce = script;
  }

  /** Sockets are gone and attempts have ended only when the test says so. */
  ScriptedDialer endsLater() {
    finishesCloses = false;
    finishesAborts = false;
    return this;
  }

  List<FakeDial> dials() {
    return dials;
  }

  /** The dial of this number, counted from 0. */
  FakeDial dial(int number) {
    return dials.get(number);
  }

  /** The dial begun last. */
  FakeDial last() {
    return dials.get(dials.size() - 1);
  }
}
