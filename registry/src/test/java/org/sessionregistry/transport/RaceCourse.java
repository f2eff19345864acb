package org.sessionregistry.transport;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A race without sockets: the test says who connects, who fails and whose socket is gone, and reads
 * what happened as lines. Confined to the test's thread.
 */
final class RaceCourse implements ConnectRace.Listener<RaceCourse.FakeSocket> {
  final VirtualTime time = new VirtualTime();
  final FailingAddresses failing = new FailingAddresses(time);
  final List<String> events = new ArrayList<>();

  /** Whether sockets are gone the moment they are closed. */
  boolean closesAtOnce = true;

  private final Map<String, FakeSocket> sockets = new LinkedHashMap<>();
  private final ConnectRace<FakeSocket> race;

  /** A socket that the test plays. */
  final class FakeSocket implements ConnectRace.Socket {
    final String name;
    final Consumer<@Nullable Throwable> outcome;
    Runnable gone = () -> {};

    FakeSocket(String name, Consumer<@Nullable Throwable> outcome) {
      this.name = name;
      this.outcome = outcome;
    }

    @Override
    public void close(Runnable whenGone) {
      events.add("close " + name);
      gone = whenGone;
      if (closesAtOnce) {
        whenGone.run();
      }
    }
  }

  RaceCourse(Duration headStart, Duration limit, String... names) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    for (String name : names) {
      addresses.add(at(name));
    }
    race =
        new ConnectRace<>(
            this::connect,
            addresses,
            failing,
            new ConnectRace.Terms(headStart, limit),
            time,
            Runnable::run,
            this);
  }

  /** Runners are named by the last byte of their address. */
  static InetSocketAddress at(String name) {
    return new InetSocketAddress(ScriptedLookup.parsed("192.0.2." + name).get(0), 80);
  }

  private static String name(SocketAddress address) {
    return Integer.toString(((InetSocketAddress) address).getAddress().getAddress()[3]);
  }

  private FakeSocket connect(SocketAddress address, Consumer<@Nullable Throwable> outcome) {
    String name = name(address);
    events.add("try " + name);
    FakeSocket socket = new FakeSocket(name, outcome);
    sockets.put(name, socket);
    return socket;
  }

  RaceCourse start() {
    race.start();
    return this;
  }

  void connects(String name) {
    socket(name).outcome.accept(null);
  }

  void fails(String name, String reason) {
    socket(name).outcome.accept(new ConnectException(reason));
  }

  void cannotStart(String name) {
    socket(name).outcome.accept(new SourceAddress.BindException(new IOException("not ours")));
  }

  void gone(String name) {
    socket(name).gone.run();
  }

  void abort() {
    race.abort(() -> events.add("aborted"));
  }

  private FakeSocket socket(String name) {
    FakeSocket socket = sockets.get(name);
    if (socket == null) {
      throw new AssertionError(name + " was not tried");
    }
    return socket;
  }

  @Override
  public void won(FakeSocket socket) {
    events.add("won " + socket.name);
  }

  @Override
  public void lost(Map<SocketAddress, Throwable> reasons, boolean late) {
    events.add((late ? "late: " : "lost: ") + Reasons.list(reasons).replace("192.0.2.", ""));
  }
}
