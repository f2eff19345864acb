package org.sessionregistry.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.DownloadProgress;
import org.sessionregistry.JsonCodec;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.ServerSentEvent;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketRequest;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.connector.PoolMember;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.download.Download;
import org.sessionregistry.egress.Proxies;
import org.sessionregistry.egress.ProxyEnvironment;
import org.sessionregistry.exchange.Blocking;
import org.sessionregistry.exchange.EventStream;
import org.sessionregistry.exchange.Exchange;
import org.sessionregistry.exchange.SessionContext;
import org.sessionregistry.exchange.SessionContext.Stage;
import org.sessionregistry.exchange.Snapshots;
import org.sessionregistry.exchange.WebSocketOpening;
import org.sessionregistry.httpclient.SessionHttpClient;
import org.sessionregistry.jmx.JmxBeans;
import org.sessionregistry.jmx.SessionBean;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.transport.NettyDialer;

/**
 * A session: its settings, its jar and its part in a pool, and how it ends. Thread-safe.
 *
 * <p>Closing goes one way: open, closing (what runs may finish), cut off (at {@code
 * shutdown-timeout}), closed (no socket is left).
 */
final class StandardSession implements ClientSession {
  private final SessionSettings settings;
  private final Scheduler scheduler;
  private final Duration shutdownTimeout;
  private final JmxBeans beans;
  private final SessionBean bean;

  /** Written without care for other threads: to show it twice is harmless. */
  private boolean shown;

  private final Runnable whenClosed;
  private final PoolMember pool;
  private final CookieJar cookies;
  private final CookieSharing sharing;
  private final Executor blocking;
  private final SessionContext context;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable CompletionStage<Void> closed;

  StandardSession(
      SessionSettings settings,
      SessionHooks hooks,
      RegistryThreads threads,
      Pools pools,
      JmxBeans beans,
      RegistrySettings registry,
      Runnable whenClosed) {
    SessionContext.refuseContradictions(settings, hooks);
    this.settings = settings;
    this.scheduler = threads.timer();
    this.blocking = threads.blocking();
    this.shutdownTimeout = registry.shutdownTimeout();
    this.whenClosed = whenClosed;
    this.beans = beans;
    this.bean = new SessionBean(settings, this::statistics);
    // Before the session is in a pool, because it may refuse.
    this.sharing = new CookieSharing(scheduler);
    this.cookies = InitialCookies.jar(settings, hooks, blocking, sharing, InstantSource.system());
    Proxies proxies = Proxies.of(settings.proxy(), ProxyEnvironment.SYSTEM);
    NettyDialer dialer =
        new NettyDialer(
            threads.loops(), threads.resolver(), threads.blocking(), scheduler, settings, proxies);
    this.pool = pools.join(settings, proxies, dialer);
    this.context =
        new SessionContext(
            settings,
            hooks,
            registry.leakDetection(),
            pool,
            cookies,
            scheduler,
            threads.loops(),
            threads.blocking());
    context.warmUp();
    sharing.start(cookies, settings);
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public SessionSettings settings() {
    return settings;
  }

  @Override
  public CookieJar cookies() {
    return cookies;
  }

  @Override
  public JsonCodec json() {
    return context.json();
  }

  @Override
  public SessionStatistics statistics() {
    return context
        .counters()
        .snapshot(name(), settings.pool().name(), Snapshots.statistics(pool.snapshot()));
  }

  @Override
  public Response send(Request request) throws IOException, InterruptedException {
    Blocking.refuseOnRegistryThread();
    return Blocking.await(sendAsync(request));
  }

  @Override
  public CompletableFuture<Response> sendAsync(Request request) {
    show();
    return Exchange.start(context, request);
  }

  private void show() {
    if (!shown) {
      shown = true;
      beans.show(bean);
    }
  }

  @Override
  public WebSocketSession openWebSocket(WebSocketRequest request)
      throws IOException, InterruptedException {
    Blocking.refuseOnRegistryThread();
    return Blocking.await(openWebSocketAsync(request));
  }

  @Override
  public WebSocketSession openWebSocket(WebSocketRequest request, WebSocketListener listener)
      throws IOException, InterruptedException {
    Blocking.refuseOnRegistryThread();
    return Blocking.await(openWebSocketAsync(request, listener));
  }

  @Override
  public CompletableFuture<WebSocketSession> openWebSocketAsync(WebSocketRequest request) {
    show();
    return WebSocketOpening.start(context, request, Optional.empty());
  }

  @Override
  public CompletableFuture<WebSocketSession> openWebSocketAsync(
      WebSocketRequest request, WebSocketListener listener) {
    show();
    return WebSocketOpening.start(context, request, Optional.of(listener));
  }

  @Override
  public Flow.Publisher<ServerSentEvent> events(Request request) {
    return new EventStream(context, this::sendAsync, request);
  }

  @Override
  public CompletableFuture<Response> downloadAsync(
      Request request, Path target, DownloadProgress progress) {
    return Download.start(this::sendAsync, blocking, request, target, progress);
  }

  @Override
  public Response download(Request request, Path target, DownloadProgress progress)
      throws IOException, InterruptedException {
    Blocking.refuseOnRegistryThread();
    return Blocking.await(downloadAsync(request, target, progress));
  }

  @Override
  public HttpClient asHttpClient() {
    return new SessionHttpClient(this, new HttpClientThreads(blocking, scheduler));
  }

  @Override
  public CompletionStage<Void> closeAsync() {
    CompletableFuture<Void> result;
    CompletionStage<Void> stage;
    lock.lock();
    try {
      if (closed != null) {
        return closed;
      }
      result = new CompletableFuture<>();
      stage = result.minimalCompletionStage();
      closed = stage;
      context.enter(Stage.CLOSING);
    } finally {
      lock.unlock();
    }
    long cut = scheduler.nanoTime() + shutdownTimeout.toNanos();
    pool.close(
        () ->
            sharing.close(
                cut,
                () -> {
                  beans.hide(bean); // before its name is free
                  whenClosed.run();
                  result.complete(null);
                }));
    context.webSockets().goAway();
    // Only now, so that with no time at all nothing is leased after the cut.
    Scheduler.Timer deadline = scheduler.schedule(shutdownTimeout.toNanos(), this::cutOff);
    result.whenComplete((done, failure) -> deadline.cancel());
    return stage;
  }

  private void cutOff() {
    context.enter(Stage.CUT_OFF);
    context.webSockets().cutOff();
    pool.closeLeased();
  }

  @Override
  public void close() {
    Closing.await(closeAsync());
  }

  /** The name and how many exchanges are in flight. */
  @Override
  public String toString() {
    return "ClientSession[" + name() + ", " + statistics().inFlight() + " in flight]";
  }
}
