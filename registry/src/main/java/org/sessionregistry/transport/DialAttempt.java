package org.sessionregistry.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;
import org.sessionregistry.connector.Dialer.Timing;
import org.sessionregistry.connector.Route;

/**
 * Opens one connection: resolve the name, read the trust material, connect to one address after the
 * other, shake hands. Everything but {@link #abort} and {@link #timing} is confined to the event
 * loop that the connection will live on; each step is one method, and a step that finds the attempt
 * over does nothing.
 */
final class DialAttempt implements Dialer.Dial {
  private enum Step {
    RESOLVING,
    CONNECTING,
    SECURING,
    OPEN,
    FAILED
  }

  private final DialContext context;
  private final Route route;
  private final Dialer.Listener listener;
  private final StopWatch watch;
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean aborted;
  private volatile @Nullable EventLoop loop;

  // Confined to the loop.
  private Step step = Step.RESOLVING;
  private final Deque<InetAddress> addresses = new ArrayDeque<>();
  private final List<Throwable> failures = new ArrayList<>(1);
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable Channel channel;
  private @Nullable SSLContext trust;

  DialAttempt(DialContext context, Route route, Dialer.Listener listener) {
    this.context = context;
    this.route = route;
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
    watch.beginDns();
    Duration limit = context.timeout().dns();
    if (!limit.isZero()) {
      timer =
          mine.schedule(
              () -> fail(Kind.DNS_TIMEOUT, "the name was not resolved", null),
              limit.toNanos(),
              TimeUnit.NANOSECONDS);
    }
    context
        .resolver()
        .resolve(route.host())
        .whenComplete((found, e) -> onLoop(mine, () -> resolved(mine, found, e)));
  }

  private void resolved(
      EventLoop mine, @Nullable List<InetAddress> found, @Nullable Throwable failure) {
    if (step != Step.RESOLVING) {
      return;
    }
    if (found == null) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      fail(
          Kind.HOST_NOT_FOUND,
          cause instanceof UnknownHostException || cause == null
              ? "the host '" + route.host() + "' has no address"
              : "the host '" + route.host() + "' could not be resolved: " + cause,
          cause);
      return;
    }
    cancelTimer();
    watch.end();
    step = Step.CONNECTING;
    addresses.addAll(found);
    if (route.secure()) {
      context.tls().context().whenComplete((c, e) -> onLoop(mine, () -> trusting(mine, c, e)));
    } else {
      watch.beginConnect();
      connectNext(mine);
    }
  }

  private void trusting(EventLoop mine, @Nullable SSLContext loaded, @Nullable Throwable failure) {
    if (step != Step.CONNECTING) {
      return;
    }
    if (loaded == null) {
      fail(Kind.TLS_FAILED, "the trust material cannot be used: " + failure, failure);
      return;
    }
    trust = loaded;
    watch.beginConnect();
    connectNext(mine);
  }

  // ---- connecting ----------------------------------------------------------------------------

  private void connectNext(EventLoop mine) {
    InetAddress address = addresses.poll();
    if (address == null) {
      failConnect(Kind.CONNECT_FAILED);
      return;
    }
    Duration limit = context.timeout().connect();
    long leftMillis = 0;
    if (!limit.isZero()) {
      leftMillis = limit.toMillis() - watch.timing().connectNanos() / 1_000_000;
      if (leftMillis <= 0) {
        failConnect(Kind.CONNECT_TIMEOUT);
        return;
      }
    }
    Http1Connection connection = new Http1Connection();
    ChannelFuture connecting =
        new Bootstrap()
            .group(mine)
            .channel(NioSocketChannel.class)
            .disableResolver()
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(leftMillis, 1L << 30))
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    configure(opened, connection);
                  }
                })
            .connect(new InetSocketAddress(address, route.port()));
    channel = connecting.channel();
    connecting.addListener(done -> connected(mine, done, connection));
  }

  private void configure(Channel opened, Http1Connection connection) {
    SSLContext trusted = trust;
    if (trusted != null) {
      SslHandler handler = new SslHandler(context.tls().engine(trusted, route));
      handler.setHandshakeTimeoutMillis(context.timeout().tlsHandshake().toMillis());
      opened.pipeline().addLast(handler);
    }
    opened
        .pipeline()
        .addLast(
            new Http1Codec.Arrival(connection),
            Http1Codec.create((int) context.limits().responseHeaders().bytes()),
            connection);
  }

  private void connected(EventLoop mine, Future<?> done, Http1Connection connection) {
    if (step != Step.CONNECTING) {
      return;
    }
    if (!done.isSuccess()) {
      failures.add(done.cause());
      if (done.cause() instanceof ConnectTimeoutException) {
        failConnect(Kind.CONNECT_TIMEOUT);
      } else {
        connectNext(mine);
      }
      return;
    }
    watch.end();
    SslHandler handler = channel == null ? null : channel.pipeline().get(SslHandler.class);
    if (handler == null) {
      open(connection);
    } else {
      step = Step.SECURING;
      watch.beginTls();
      handler.handshakeFuture().addListener(shaken -> secured(shaken, connection));
    }
  }

  private void failConnect(Kind kind) {
    Throwable cause = failures.isEmpty() ? null : failures.get(0);
    for (Throwable other : failures.subList(Math.min(1, failures.size()), failures.size())) {
      if (cause != null && other != cause) {
        cause.addSuppressed(other);
      }
    }
    fail(
        kind,
        kind == Kind.CONNECT_TIMEOUT
            ? "no address of '" + route.host() + "' accepted a connection"
            : "cannot connect to " + route.authority() + ": " + reason(cause),
        cause);
  }

  // ---- securing ------------------------------------------------------------------------------

  private void secured(Future<?> shaken, Http1Connection connection) {
    if (step != Step.SECURING) {
      return;
    }
    if (shaken.isSuccess()) {
      watch.end();
      open(connection);
    } else if (shaken.cause() instanceof SslHandshakeTimeoutException) {
      fail(Kind.TLS_TIMEOUT, "the TLS handshake was not finished", shaken.cause());
    } else if (shaken.cause() instanceof ClosedChannelException) {
      fail(
          Kind.TLS_FAILED,
          route.authority() + " closed the connection during the TLS handshake",
          shaken.cause());
    } else {
      fail(
          Kind.TLS_FAILED,
          "the TLS handshake with " + route.authority() + " failed: " + reason(shaken.cause()),
          shaken.cause());
    }
  }

  // ---- the end -------------------------------------------------------------------------------

  private void open(Http1Connection connection) {
    if (failIfAborted()) {
      return;
    }
    step = Step.OPEN;
    Channel opened = channel;
    if (told.compareAndSet(false, true)) {
      listener.opened(connection);
    }
    if (opened != null) {
      opened.closeFuture().addListener(closed -> listener.closed());
    }
  }

  private void fail(Kind kind, String message, @Nullable Throwable cause) {
    if (step == Step.OPEN || step == Step.FAILED) {
      return;
    }
    step = Step.FAILED;
    watch.end();
    cancelTimer();
    DialFailure failure = new DialFailure(kind, message, cause);
    Channel open = channel;
    if (open == null) {
      tellFailed(failure);
    } else {
      open.close().addListener(closed -> tellFailed(failure));
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** The innermost message: what the operating system or the certificate check said. */
  private static String reason(@Nullable Throwable failure) {
    String reason = "no address";
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 10; t = t.getCause(), depth++) {
      reason = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
    }
    return reason;
  }
}
