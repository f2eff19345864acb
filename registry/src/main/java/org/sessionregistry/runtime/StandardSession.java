package org.sessionregistry.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
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
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.download.Download;
import org.sessionregistry.exchange.Blocking;
import org.sessionregistry.exchange.Counters;
import org.sessionregistry.exchange.EventStream;
import org.sessionregistry.exchange.Exchange;
import org.sessionregistry.exchange.SessionContext;
import org.sessionregistry.exchange.Snapshots;
import org.sessionregistry.exchange.WebSocketOpening;
import org.sessionregistry.httpclient.SessionHttpClient;
import org.sessionregistry.jmx.SessionBean;
import org.sessionregistry.settings.SessionSettings;

/**
 * A session: its name, and the {@link Generation} that its requests begin in, which a reload
 * replaces. Thread-safe.
 *
 * <p>Closing goes one way: open, closing (what runs may finish), cut off (at {@code
 * shutdown-timeout}), closed (no socket is left). It closes every generation that is still there.
 */
final class StandardSession implements ClientSession {
  /** How often it is looked whether anything still runs under earlier settings. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final String name;
  private final SessionHooks hooks;
  private final Home home;
  private final Consumer<StandardSession> whenClosed;
  private final SessionBean bean;

  /** Written without care for other threads: to show it twice is harmless. */
  private boolean shown;

  private volatile Generation current;
  private final ReentrantLock lock = new ReentrantLock();

  /** Those that have not left their pool, the current one last. */
  @GuardedBy("lock")
  private final List<Generation> present = new ArrayList<>(1);

  /** Those of them that are leaving. */
  @GuardedBy("lock")
  private final List<Generation> leaving = new ArrayList<>(0);

  /** What those have counted that a reload replaced and that have left. */
  private final Counters earlier = new Counters();

  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletionStage<Void> closed = ended.minimalCompletionStage();

  @GuardedBy("lock")
  private boolean closing;

  /**
   * A session that does nothing until it {@link #begin}s or is {@link #discard}ed.
   *
   * @param settings resolved, see {@link Pools#resolve}
   * @param whenClosed told when nothing of it is left
   */
  StandardSession(
      SessionSettings settings,
      SessionHooks hooks,
      Home home,
      Pools pools,
      Consumer<StandardSession> whenClosed) {
    this.name = settings.name();
    this.hooks = hooks;
    this.home = home;
    this.whenClosed = whenClosed;
    this.bean = new SessionBean(name, this::settings, this::statistics);
    Generation first = Generation.first(home, pools, settings, hooks);
    this.current = first;
    this.present.add(first);
  }

  /** Others may find it from now on. */
  void begin() {
    current.begin();
  }

  // ---- settings change ------------------------------------------------------------------------

  /**
   * What may take the place of what is there, for {@link #become}; until then it changes nothing.
   *
   * @param changed resolved settings
   */
  Generation prepare(Pools pools, SessionSettings changed) {
    return current.next(pools, changed, hooks);
  }

  /** Requests begin with other settings from now on; those that have begun are not disturbed. */
  void become(Generation next) {
    Generation before;
    boolean late;
    lock.lock();
    try {
      late = closing;
      before = current;
      if (!late) {
        current = next;
        present.add(next);
      }
    } finally {
      lock.unlock();
    }
    if (late) {
      discard(next);
      return;
    }
    before.supersede(next);
    next.begin();
    lookLater();
  }

  /** Gives up what never began. */
  void discard() {
    discard(current);
  }

  /** Gives up what was prepared. */
  void discard(Generation prepared) {
    prepared.refuse();
    prepared.close(home.threads().timer().nanoTime(), () -> {});
  }

  private void lookLater() {
    home.threads().timer().schedule(LOOK_NANOS, this::look);
  }

  /** Those under whose settings nothing runs any more leave. */
  private void look() {
    List<Generation> idle = new ArrayList<>();
    boolean more = false;
    lock.lock();
    try {
      if (closing) {
        return; // which sees to all of them
      }
      for (Generation generation : present) {
        if (generation != current && !leaving.contains(generation)) {
          if (generation.isIdle()) {
            idle.add(generation);
          } else {
            more = true;
          }
        }
      }
      leaving.addAll(idle);
    } finally {
      lock.unlock();
    }
    if (more) {
      lookLater();
    }
    for (Generation generation : idle) {
      generation.refuse();
      generation.close(cutNanos(), () -> left(generation));
    }
  }

  boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  private long cutNanos() {
    return home.threads().timer().nanoTime() + shutdownTimeout().toNanos();
  }

  private Duration shutdownTimeout() {
    return home.settings().get().shutdownTimeout();
  }

  private void left(Generation generation) {
    boolean last;
    lock.lock();
    try {
      present.remove(generation);
      leaving.remove(generation);
      if (generation != current) {
        earlier.absorb(generation.counters());
      }
      last = closing && present.isEmpty();
    } finally {
      lock.unlock();
    }
    if (last) {
      home.beans().hide(bean); // before its name is free
      whenClosed.accept(this);
      ended.complete(null);
    }
  }

  // ---- what it is and does --------------------------------------------------------------------

  @Override
  public String name() {
    return name;
  }

  @Override
  public SessionSettings settings() {
    return current.settings();
  }

  @Override
  public CookieJar cookies() {
    return current.cookies().jar();
  }

  @Override
  public JsonCodec json() {
    return context().json();
  }

  private SessionContext context() {
    return current.context();
  }

  @Override
  public SessionStatistics statistics() {
    Generation now = current;
    return counters()
        .snapshot(name, now.settings().pool().name(), Snapshots.statistics(now.pool()));
  }

  private Counters counters() {
    lock.lock();
    try {
      List<Counters> parts = new ArrayList<>(present.size() + 2);
      parts.add(earlier);
      present.forEach(generation -> parts.add(generation.counters()));
      if (!present.contains(current)) {
        parts.add(current.counters()); // the session is closed
      }
      return Counters.sum(parts);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Response send(Request request) throws IOException, InterruptedException {
    Blocking.refuseOnRegistryThread();
    return Blocking.await(sendAsync(request));
  }

  @Override
  public CompletableFuture<Response> sendAsync(Request request) {
    show();
    return Exchange.start(context(), request);
  }

  private void show() {
    if (!shown) {
      shown = true;
      home.beans().show(bean);
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
    return WebSocketOpening.start(context(), request, Optional.empty());
  }

  @Override
  public CompletableFuture<WebSocketSession> openWebSocketAsync(
      WebSocketRequest request, WebSocketListener listener) {
    show();
    return WebSocketOpening.start(context(), request, Optional.of(listener));
  }

  @Override
  public Flow.Publisher<ServerSentEvent> events(Request request) {
    return new EventStream(context(), this::sendAsync, request);
  }

  @Override
  public CompletableFuture<Response> downloadAsync(
      Request request, Path target, DownloadProgress progress) {
    return Download.start(this::sendAsync, home.threads().blocking(), request, target, progress);
  }

  @Override
  public Response download(Request request, Path target, DownloadProgress progress)
      throws IOException, InterruptedException {
    Blocking.refuseOnRegistryThread();
    return Blocking.await(downloadAsync(request, target, progress));
  }

  @Override
  public HttpClient asHttpClient() {
    return new SessionHttpClient(
        this, new HttpClientThreads(home.threads().blocking(), home.threads().timer()));
  }

  // ---- closing --------------------------------------------------------------------------------

  @Override
  public CompletionStage<Void> closeAsync() {
    List<Generation> ending = new ArrayList<>();
    lock.lock();
    try {
      if (closing) {
        return closed;
      }
      closing = true;
      for (Generation generation : present) {
        generation.refuse();
        if (!leaving.contains(generation)) {
          ending.add(generation);
        }
      }
      leaving.addAll(ending);
    } finally {
      lock.unlock();
    }
    long cut = cutNanos();
    for (Generation generation : ending) {
      generation.close(cut, () -> left(generation));
    }
    // Only now, so that with no time at all nothing is leased after the cut.
    Scheduler.Timer deadline =
        home.threads().timer().schedule(shutdownTimeout().toNanos(), this::cutOff);
    ended.whenComplete((done, failure) -> deadline.cancel());
    return closed;
  }

  private void cutOff() {
    List<Generation> still;
    lock.lock();
    try {
      still = List.copyOf(present);
    } finally {
      lock.unlock();
    }
    still.forEach(Generation::cutOff);
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
