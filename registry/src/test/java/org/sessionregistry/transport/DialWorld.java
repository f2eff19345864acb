package org.sessionregistry.transport;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Route;
import org.sessionregistry.settings.DnsSettings;
import org.sessionregistry.settings.SessionSettings;

/** Dials over real sockets on one event loop, in virtual time, with scripted look-ups. */
final class DialWorld implements BeforeEachCallback, AfterEachCallback {
  final VirtualTime time = new VirtualTime();
  final ScriptedLookup lookup = new ScriptedLookup();
  private final ExecutorService blocking = Executors.newCachedThreadPool();
  private final EventLoops loops = new EventLoops(1, thread -> {});
  final Resolver resolver = new Resolver(lookup, blocking, time);

  /** What became of a dial. */
  static final class Outcome implements Dialer.Listener {
    final CompletableFuture<Connection> opened = new CompletableFuture<>();
    final CompletableFuture<DialFailure> failed = new CompletableFuture<>();

    @Override
    public void opened(Connection connection, int capacity) {
      opened.complete(connection);
      connection.close();
    }

    @Override
    public void capacity(int capacity) {
      throw new AssertionError("a connection of one exchange at a time stays so");
    }

    @Override
    public void failed(DialFailure failure) {
      failed.complete(failure);
    }

    @Override
    public void closed() {}

    DialFailure failure() throws Exception {
      return failed.get(10, TimeUnit.SECONDS);
    }

    void awaitOpened() throws Exception {
      opened.get(10, TimeUnit.SECONDS);
    }
  }

  Dialer dialer(UnaryOperator<DnsSettings> dns) {
    return new NettyDialer(
        loops, resolver, blocking, time, SessionSettings.builder("dials").dns(dns).build());
  }

  Outcome dial(Dialer dialer, String host, int port) {
    Outcome outcome = new Outcome();
    dialer.dial(new Route("http", host, port), outcome);
    return outcome;
  }

  /** Returns when everything has run that does not wait for the network, a look-up or time. */
  void settle() throws Exception {
    for (int i = 0; i < 5; i++) {
      CompletableFuture<Void> reached = new CompletableFuture<>();
      loops.execute(() -> reached.complete(null));
      reached.get(10, TimeUnit.SECONDS);
    }
  }

  static InetAddress address(String literal) {
    return ScriptedLookup.parsed(literal).get(0);
  }

  /**
   * Starts the loop, so that what is handed to it runs in the order in which it was handed over.
   */
  @Override
  public void beforeEach(ExtensionContext test) throws Exception {
    settle();
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    lookup.goOn();
    loops.close();
    blocking.shutdownNow();
  }
}
