package org.sessionregistry.cookie;

import java.io.IOException;
import java.io.Reader;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.CookieJarSettings;

/**
 * A jar whose cookies are those of every node that has the same {@link CookieStore}: a copy in
 * memory, which requests use, and a task in the background, which brings copy and store together
 * ({@link CookieMerge}) after each change here, after each change that the store tells of, and
 * every {@link #INTERVAL}.
 *
 * <p>Never broken: the store is met by the background task alone, one run of it at a time. When the
 * store fails, the copy goes on, nothing in it is lost, and the next interval tries again.
 *
 * <p>For any thread; only {@link #load} from a file blocks.
 */
public final class SharedCookieJar implements CookieJar {
  static final String LOGGER = "org.sessionregistry.cookies";

  /** How often all is read, in case that the store did not tell of a change: 30 seconds. */
  public static final Duration INTERVAL = Duration.ofSeconds(30);

  private static final Logger LOG = System.getLogger(LOGGER);

  /** Runs a task later. */
  @FunctionalInterface
  public interface Timer {
    /**
     * Runs a task once.
     *
     * @param delay after which time
     * @param task what to run, which is short
     * @return takes the task back if it has not begun
     */
    Runnable after(Duration delay, Runnable task);
  }

  private final String session;
  private final MemoryCookieJar near;
  private final Callable<CookieStore> opening;
  private final Executor background;
  private final Timer timer;
  private final CookieMerge merge;
  private final SecondLook secondLook;
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private volatile boolean due = true;
  private volatile boolean closing;

  // Confined to the background task.
  private @Nullable CookieStore store;
  private @Nullable AutoCloseable listening;
  private @Nullable Runnable nextInterval;
  private boolean failing;
  private boolean deafReported;

  /**
   * A jar that does nothing in the background until it is started.
   *
   * @param session whose cookies they are: nodes that use the same name share them
   * @param settings what the jar accepts
   * @param initial cookies that are in the copy at once; what the store has takes their place
   * @param opening gives the store; it is called in the background and may block
   * @param background runs tasks that may block
   * @param timer the timer
   * @param clock the time by which cookies end
   */
  public SharedCookieJar(
      String session,
      CookieJarSettings settings,
      List<Cookie> initial,
      Callable<CookieStore> opening,
      Executor background,
      Timer timer,
      InstantSource clock) {
    this.session = session;
    Reception reception = new Reception(settings.acceptIpHosts(), settings.publicSuffixes());
    this.near = new MemoryCookieJar(reception, CookieLimits.DEFAULT, clock);
    initial.forEach(near::put);
    this.opening = opening;
    this.background = background;
    this.timer = timer;
    this.merge = new CookieMerge(near, session, clock);
    this.secondLook = new SecondLook(timer, this::wake);
  }

  /** Begins to share, in the background. */
  public void start() {
    wake();
  }

  /**
   * Writes what is not written yet, stops listening to the store and ends the background task. The
   * copy can be used afterwards, and shares nothing any more.
   *
   * @return completed when that is done, even if the store failed; as late as the store lets it
   */
  public CompletionStage<Void> closeAsync() {
    closing = true;
    wake();
    return closed.minimalCompletionStage();
  }

  @Override
  public String header(URI uri) {
    return near.header(uri);
  }

  @Override
  public String header(URI origin, String requestTarget) {
    return near.header(origin, requestTarget);
  }

  @Override
  public List<Cookie> matching(URI uri) {
    return near.matching(uri);
  }

  @Override
  public void store(URI uri, List<String> setCookieFields) {
    if (!setCookieFields.isEmpty()) {
      near.store(uri, setCookieFields);
      wake();
    }
  }

  @Override
  public void put(Cookie cookie) {
    near.put(cookie);
    wake();
  }

  @Override
  public List<Cookie> cookies() {
    return near.cookies();
  }

  @Override
  public void remove(Cookie cookie) {
    near.remove(cookie);
    wake();
  }

  @Override
  public void clear() {
    near.clear();
    wake();
  }

  @Override
  public void load(Reader in) throws IOException {
    near.load(in);
    wake();
  }

  private void changed(String key) {
    if (merge.owns(key) && !closing) {
      changed.add(key);
      wake();
    }
  }

  private void intervalIsOver() {
    due = true;
    wake();
  }

  private void wake() {
    if (!closed.isDone() && asked.getAndIncrement() == 0) {
      try {
        background.execute(this::run);
      } catch (RejectedExecutionException ended) { // with the registry, and so with this jar
        closed.complete(null);
      }
    }
  }

  /** Goes round once more for those who asked meanwhile. */
  private void run() {
    int seen = 1;
    do {
      if (!closed.isDone()) {
        turn();
      }
      seen = asked.addAndGet(-seen);
    } while (seen != 0);
  }

  private void turn() {
    boolean last = closing;
    boolean all = due;
    if (failing && !all && !last) {
      return; // a store that fails is not asked for each cookie
    }
    due = false;
    try {
      share(all);
      recovered();
    } catch (Exception | LinkageError e) {
      failed(e);
      letGo(); // the next try opens it again: it may have been closed and made anew
      store = null;
    }
    if (last) {
      end();
    } else if (all) {
      nextInterval = timer.after(INTERVAL, this::intervalIsOver);
    }
  }

  private void share(boolean all) throws Exception {
    CookieStore open = store;
    if (open == null) {
      open = opening.call();
      store = open;
    }
    if (all) {
      listen(open);
    }
    // Taken first: what is told from now on is read in another turn.
    List<String> told = List.copyOf(changed);
    told.forEach(changed::remove);
    Set<String> toldBefore = secondLook.due();
    secondLook.at(told);
    if (all) {
      merge.readAll(open);
    } else {
      for (String key : told) {
        merge.read(open, key);
      }
      for (String key : toldBefore) {
        merge.read(open, key);
      }
    }
    merge.write(open);
  }

  private void listen(CookieStore open) {
    if (listening != null) {
      return;
    }
    try {
      listening = open.listen(this::changed);
    } catch (Exception | LinkageError e) {
      if (!deafReported && !failing) {
        deafReported = true;
        LOG.log(
            Level.WARNING,
            "session ''{0}'': the store of its shared cookies does not tell of changes ({1}); it is"
                + " read every {2} seconds (said once)",
            session,
            kinds(e),
            INTERVAL.toSeconds());
      }
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      LOG.log(Level.INFO, "session ''{0}'': its cookies are shared again", session);
    }
  }

  private void failed(Throwable failure) {
    if (failing) {
      return;
    }
    failing = true;
    LOG.log(
        Level.WARNING,
        "session ''{0}'': the store of its shared cookies (cookie-jar=shared) failed ({1}); the"
            + " session goes on with the cookies that it has, and tries again every {2} seconds"
            + " (said once)",
        session,
        store == null ? failure.toString() : kinds(failure),
        INTERVAL.toSeconds());
  }

  /** Without the messages, in which a store may show what was to be stored. */
  private static String kinds(Throwable failure) {
    StringBuilder kinds = new StringBuilder(failure.getClass().getName());
    Throwable cause = failure.getCause();
    for (int depth = 0; cause != null && depth < 5; depth++) {
      kinds.append(", because of ").append(cause.getClass().getName());
      cause = cause.getCause();
    }
    return kinds.toString();
  }

  private void end() {
    Runnable timed = nextInterval;
    if (timed != null) {
      timed.run();
    }
    secondLook.cancel();
    letGo();
    closed.complete(null);
  }

  private void letGo() {
    AutoCloseable ear = listening;
    listening = null;
    if (ear != null) {
      try {
        ear.close();
      } catch (Exception | LinkageError e) {
        LOG.log(
            failing ? Level.DEBUG : Level.WARNING, // that it fails is known already
            "session ''{0}'': the store of its shared cookies did not let go of the listener ({1})",
            session,
            kinds(e));
      }
    }
  }

  /** The session; no cookies. */
  @Override
  public String toString() {
    return "SharedCookieJar[" + session + "]";
  }
}
