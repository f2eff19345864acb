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
import org.sessionregistry.egress.Proxies;
import org.sessionregistry.egress.ProxyEnvironment;
import org.sessionregistry.settings.DnsSettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

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
    final CompletableFuture<Integer> capacity = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final boolean kept;

    Outcome() {
      this(false);
    }

    /**
     * Hears what becomes of a dial.
     *
     * @param kept whether the connection is left open
     */
    Outcome(boolean kept) {
      this.kept = kept;
    }

    @Override
    public void opened(Connection connection, int capacity) {
      opened.complete(connection);
      if (!kept) {
        connection.close();
      }
    }

    @Override
    public void capacity(int changed) {
      if (!capacity.complete(changed)) {
        throw new AssertionError("told twice");
      }
    }

    @Override
    public void failed(DialFailure failure) {
      failed.complete(failure);
    }

    @Override
    public void closed() {
      closed.complete(null);
    }

    DialFailure failure() throws Exception {
      return failed.get(10, TimeUnit.SECONDS);
    }

    void awaitOpened() throws Exception {
      opened.get(10, TimeUnit.SECONDS);
    }

    /** Closes the connection and waits until it is. */
    void close() throws Exception {
      opened.get(10, TimeUnit.SECONDS).close();
      closed.get(10, TimeUnit.SECONDS);
    }
  }

  Dialer dialer(UnaryOperator<DnsSettings> dns) {
    return dialerOf(settings -> settings.dns(dns));
  }

  Dialer dialerOf(UnaryOperator<SessionSettingsBuilder> settings) {
    SessionSettings built = settings.apply(SessionSettings.builder("dials")).build();
    return new NettyDialer(
        loops, resolver, blocking, time, built, Proxies.of(built.proxy(), ProxyEnvironment.SYSTEM));
  }

  Outcome dial(Dialer dialer, String host, int port) {
    return dial(dialer, host, port, new Outcome());
  }

  /** A dial whose connection stays open. */
  Outcome dialKept(Dialer dialer, String host, int port) {
    return dial(dialer, host, port, new Outcome(true));
  }

  private static Outcome dial(Dialer dialer, String host, int port, Outcome outcome) {
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
