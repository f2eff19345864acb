package org.sessionregistry.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;
import org.sessionregistry.connector.Dialer.Timing;
import org.sessionregistry.connector.Route;
import org.sessionregistry.connector.Scheduler;

/**
 * Opens one connection: resolve the name, unless a Unix socket takes the host's place, read the
 * trust material, race its addresses, pass the proxy if there is one, shake hands, and with HTTP/2
 * wait for the peer's SETTINGS. Everything but {@link #abort} and {@link #timing} is confined to
 * the event loop that the connection will live on; each step is one method, and a step that finds
 * the attempt over does nothing.
 */
final class DialAttempt implements Dialer.Dial {
  private enum Step {
    RESOLVING,
    CONNECTING,
    PASSING,
    SECURING,
    GREETING,
    OPEN,
    FAILED
  }

  private final DialContext context;
  private final Route route;
  private final Way way;
  private final Dialer.Listener listener;
  private final StopWatch watch;
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean aborted;
  private volatile @Nullable EventLoop loop;

  // Confined to the loop.
  private Step step = Step.RESOLVING;
  private List<InetAddress> addresses = List.of();
  private Scheduler.@Nullable Timer timer;
  private @Nullable ConnectRace<DialedSocket> race;
  private @Nullable Channel channel;
  private @Nullable SocketAddress address;
  private @Nullable OpenConnection open;
  private Trust trust = Trust.NONE;
  private @Nullable AddressSearch search;

  DialAttempt(DialContext context, Route route, Dialer.Listener listener) {
    this.context = context;
    this.route = route;
    this.way = Way.of(context, route);
    this.listener = listener;
    this.watch = new StopWatch(context.scheduler());
  }

  void start() {
    context
        .loops()
        .withNext(
            next -> {
              loop = next;
              onLoop(next, () -> resolve(next));
            },
            this::noLoop);
  }

  @Override
  public void abort() {
    aborted = true;
    EventLoop mine = loop;
    if (mine != null) {
      onLoop(mine, this::failIfAborted);
    }
  }

  @Override
  public Timing timing() {
    return watch.timing();
  }

  private void onLoop(EventLoop mine, Runnable task) {
    try {
      mine.execute(() -> runSafely(task));
    } catch (RejectedExecutionException e) {
      noLoop(e);
    }
  }

  /** Whatever goes wrong here, whoever waits for the connection must hear of it. */
  private void runSafely(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      fail(Kind.CONNECT_FAILED, "cannot connect to " + route.authority() + ": " + e, e);
    }
  }

  private void noLoop(Throwable failure) {
    DialFailure noLoop =
        new DialFailure(Kind.CONNECT_FAILED, "no event loop: " + failure.getMessage(), failure);
    try {
      context.blocking().execute(() -> tellFailed(noLoop)); // not before dial() has returned
    } catch (RejectedExecutionException e) {
      tellFailed(noLoop);
    }
  }

  /** The listener hears once, whichever of the ways to fail is first. */
  private void tellFailed(DialFailure failure) {
    if (told.compareAndSet(false, true)) {
      listener.failed(failure);
    }
  }

  private boolean failIfAborted() {
    if (aborted) {
      fail(Kind.ABORTED, "given up", null);
    }
    return aborted;
  }

  // ---- resolving -----------------------------------------------------------------------------

  private void resolve(EventLoop mine) {
    if (failIfAborted()) {
      return;
    }
    if (context.unixSocket().isPresent()) {
      trust(mine);
      return;
    }
    watch.beginDns();
    AddressSearch begun =
        new AddressSearch(context, way, task -> onLoop(mine, task), new Searching(mine));
    search = begun;
    begun.start();
  }

  /** How the search for addresses goes; not called once it was stopped. */
  private final class Searching implements AddressSearch.Listener {
    private final EventLoop mine;

    Searching(EventLoop mine) {
      this.mine = mine;
    }

    @Override
    public void found(List<InetAddress> all) {
      watch.end();
      addresses = all;
      trust(mine);
    }

    @Override
    public void failed(DialFailure failure) {
      fail(failure);
    }
  }

  private void trust(EventLoop mine) {
    step = Step.CONNECTING;
    if (way.needsTls()) {
      Trust.load(context, way)
          .whenComplete((loaded, e) -> onLoop(mine, () -> trusting(mine, loaded, e)));
    } else {
      connect(mine);
    }
  }

  private void trusting(EventLoop mine, @Nullable Trust loaded, @Nullable Throwable failure) {
    if (step != Step.CONNECTING) {
      return;
    }
    if (loaded == null) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      fail(
          Kind.TLS_CONFIGURATION,
          "the TLS settings cannot be used: " + (cause == null ? "" : cause.getMessage()),
          cause);
      return;
    }
    trust = loaded;
    connect(mine);
  }

  // ---- connecting ----------------------------------------------------------------------------

  private void connect(EventLoop mine) {
    SocketOpening opening =
        new SocketOpening(
            mine,
            context.loops().buffers(),
            task -> onLoop(mine, task),
            () -> new Wire(context, way, trust));
    watch.beginConnect();
    ConnectRace<DialedSocket> started =
        new Candidates(context, way, addresses).race(opening, new RaceListener());
    race = started;
    started.start();
  }

  /** How the race goes on; not called when it was aborted. */
  private final class RaceListener implements ConnectRace.Listener<DialedSocket> {
    @Override
    public void won(DialedSocket socket) {
      channel = socket.channel();
      address = socket.address();
      connected(socket.channel().eventLoop(), socket.wire());
    }

    @Override
    public void lost(Map<SocketAddress, Throwable> reasons, boolean late) {
      ConnectFailure failure = new ConnectFailure(way, context.source(), context.unixSocket());
      if (late) {
        fail(failure.late(reasons));
      } else {
        fail(reasons.isEmpty() ? failure.otherFamily(addresses) : failure.of(reasons));
      }
    }
  }

  // ---- passing the proxy -----------------------------------------------------------------------

  /** A proxy has what is left of the limit for connecting. */
  private void connected(EventLoop mine, Wire wire) {
    if (wire.reached().isDone()) {
      reached(wire, wire.reached().join());
      return;
    }
    step = Step.PASSING;
    limit(
        mine,
        context.timeout().connect(),
        watch.timing().connectNanos(),
        () -> {
          if (step == Step.PASSING) {
            fail(Kind.CONNECT_TIMEOUT, way + " has not opened the way", null);
          }
        });
    wire.reached().thenAccept(failure -> onLoop(mine, () -> passed(wire, failure)));
  }

  private void passed(Wire wire, Optional<DialFailure> failure) {
    if (step == Step.PASSING) {
      cancelTimer();
      reached(wire, failure);
    }
  }

  private void reached(Wire wire, Optional<DialFailure> failure) {
    SslHandler handler = wire.tls();
    if (failure.isPresent()) {
      fail(failure.get());
    } else if (handler != null) {
      watch.end();
      step = Step.SECURING;
      watch.beginTls();
      handler.handshakeFuture().addListener(shaken -> secured(shaken, wire));
    } else {
      greet(wire, Kind.CONNECT_TIMEOUT, context.timeout().connect(), watch.timing().connectNanos());
    }
  }

  // ---- securing ------------------------------------------------------------------------------

  private void secured(Future<?> shaken, Wire wire) {
    if (step != Step.SECURING) {
      return;
    }
    if (shaken.isSuccess()) {
      greet(wire, Kind.TLS_TIMEOUT, context.timeout().tlsHandshake(), watch.timing().tlsNanos());
    } else {
      fail(HandshakeFailure.of(route.authority(), shaken.cause()));
    }
  }

  // ---- greeting ------------------------------------------------------------------------------

  /** HTTP/1.1 is ready at once; HTTP/2 gets what is left of the limit of the step before. */
  private void greet(Wire wire, Kind late, Duration limit, long spentNanos) {
    step = Step.GREETING;
    wire.tell(new Greeting());
    EventLoop mine = loop;
    if (step == Step.GREETING && mine != null) {
      limit(mine, limit, spentNanos, () -> greetingTookTooLong(wire, late));
    }
  }

  /** Does something on the loop when what is left of a limit is over; zero is none. */
  private void limit(EventLoop mine, Duration limit, long spentNanos, Runnable late) {
    if (!limit.isZero()) {
      long left = Math.max(0, limit.toNanos() - spentNanos);
      timer = context.scheduler().schedule(left, () -> onLoop(mine, late));
    }
  }

  private void greetingTookTooLong(Wire wire, Kind late) {
    if (step == Step.GREETING) {
      fail(late, wire.notHttp2("no SETTINGS that allow a stream came"), null);
    }
  }

  /** How it goes with the version of HTTP. */
  private final class Greeting implements Wire.Listener {
    @Override
    public void ready(NettyConnection connection, int capacity) {
      if (step == Step.GREETING) {
        cancelTimer();
        watch.end();
        open(connection, capacity);
      }
    }

    @Override
    public void capacity(int capacity) {
      if (open != null) {
        open.capacity(capacity);
      }
    }

    @Override
    public void unfit(DialFailure failure) {
      fail(failure);
    }
  }

  // ---- the end -------------------------------------------------------------------------------

  private void open(NettyConnection connection, int capacity) {
    if (failIfAborted()) {
      return;
    }
    step = Step.OPEN;
    Channel opened = channel;
    if (address instanceof InetSocketAddress peer) {
      connection.leadsTo(peer);
    }
    OpenConnection its = new OpenConnection(listener, connection);
    open = its;
    if (opened != null) {
      its.watch(context.names(), way.host(), address, opened, t -> onLoop(opened.eventLoop(), t));
    }
    if (told.compareAndSet(false, true)) {
      listener.opened(connection, capacity);
    }
    if (opened != null) {
      opened.closeFuture().addListener(closed -> listener.closed());
    }
  }

  private void fail(Kind kind, String message, @Nullable Throwable cause) {
    fail(new DialFailure(kind, message, cause));
  }

  private void fail(DialFailure failure) {
    if (step == Step.OPEN || step == Step.FAILED) {
      return;
    }
    step = Step.FAILED;
    watch.end();
    cancelTimer();
    if (search != null) {
      search.stop();
    }
    Channel socket = channel;
    ConnectRace<DialedSocket> begun = race;
    if (socket != null) {
      socket.close().addListener(closed -> tellFailed(failure));
    } else if (begun != null) {
      begun.abort(() -> tellFailed(failure));
    } else {
      tellFailed(failure);
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
    }
  }
}
