package org.sessionregistry.transport;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Route;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TlsSettings;

/**
 * Turns TLS settings into engines of the JDK. One context serves all connections of a session, so
 * that the JDK resumes TLS sessions. Files are read away from the event loops: when the first https
 * connection is opened, and again for a new connection when they have changed, which is looked at
 * once a second at most. Whoever waits for a context never gets one that is older than that, except
 * when the new files are broken: then the last good one stays. A failure without a good one is not
 * kept, so that a mended file is used at once. Thread-safe.
 */
final class Tls {
  private static final Logger LOG = System.getLogger("org.sessionregistry.tls");
  private static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** A context and what its files looked like just before they were read. */
  private record Loaded(SSLContext context, List<String> stamps) {}

  private final String session;
  private final TlsSettings settings;
  private final TlsFiles files;
  private final Executor blocking;
  private final Scheduler scheduler;
  private final AtomicReference<@Nullable Check> latest = new AtomicReference<>();

  /** The trust of a session in its servers. */
  Tls(SessionSettings settings, Executor blocking, Scheduler scheduler) {
    this(settings.name(), settings.tls(), blocking, scheduler);
  }

  /**
   * A trust of a session.
   *
   * @param session its name, for the log
   */
  Tls(String session, TlsSettings settings, Executor blocking, Scheduler scheduler) {
    this.session = session;
    this.settings = settings;
    this.files = new TlsFiles(settings);
    this.blocking = blocking;
    this.scheduler = scheduler;
  }

  /** The context for a new connection. */
  CompletableFuture<SSLContext> context() {
    Check known = latest.get();
    if (known != null && !known.isDue()) {
      return known.result;
    }
    Check mine = new Check(known == null ? null : known.loaded);
    if (!latest.compareAndSet(known, mine)) {
      return context();
    }
    try {
      blocking.execute(mine);
    } catch (RuntimeException | Error e) {
      mine.result.completeExceptionally(e);
    }
    return mine.result;
  }

  /**
   * A client engine for a connection to the route.
   *
   * @param offered the application protocols to choose from (RFC 7301); none for no choice
   */
  SSLEngine engine(SSLContext context, Route route, List<String> offered) {
    // The peer's name is what is verified, and what a session to be resumed is looked up by.
    SSLEngine engine =
        context.createSSLEngine(settings.serverName().orElse(route.host()), route.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    if (settings.verifyHostname()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 9110 section 4.3.4
    }
    settings
        .serverName()
        .ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
    if (!settings.protocols().isEmpty()) {
      parameters.setProtocols(settings.protocols().toArray(String[]::new));
    }
    if (!settings.ciphers().isEmpty()) {
      parameters.setCipherSuites(settings.ciphers().toArray(String[]::new));
    }
    if (!offered.isEmpty()) {
      parameters.setApplicationProtocols(offered.toArray(String[]::new));
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** One look at the files; all who ask meanwhile wait for its result. */
  private final class Check implements Runnable {
    final CompletableFuture<SSLContext> result = new CompletableFuture<>();

    /** What was good before, then what is good now. */
    private volatile @Nullable Loaded loaded;

    private volatile long doneNanos;

    Check(@Nullable Loaded before) {
      loaded = before;
    }

    boolean isDue() {
      return result.isCompletedExceptionally()
          || (result.isDone()
              && !files.areNone()
              && scheduler.nanoTime() - doneNanos >= RECHECK_NANOS);
    }

    @Override
    public void run() {
      try {
        Loaded before = loaded;
        Loaded now = load(before);
        if (before == null && settings.trustAll()) {
          warnOfTrustAll();
        }
        loaded = now;
        doneNanos = scheduler.nanoTime();
        result.complete(now.context);
      } catch (IOException | GeneralSecurityException | RuntimeException | Error e) {
        result.completeExceptionally(e);
      }
    }

    private void warnOfTrustAll() {
      LOG.log(
          Level.WARNING,
          "session ''{0}'' accepts EVERY certificate (tls.trust-all=true): anybody on the way can"
              + " read and change what it sends and receives",
          session);
    }

    private Loaded load(@Nullable Loaded before) throws IOException, GeneralSecurityException {
      List<String> stamps = files.stamps();
      if (before != null && before.stamps.equals(stamps)) {
        return before;
      }
      try {
        return new Loaded(TlsContexts.build(settings), stamps);
      } catch (IOException | GeneralSecurityException | RuntimeException e) {
        if (before == null) {
          throw e;
        }
        LOG.log(
            Level.WARNING,
            "session ''{0}'' goes on with the certificates that it has, because the new ones cannot"
                + " be used: {1}",
            session,
            e.getMessage());
        return new Loaded(before.context, stamps);
      }
    }
  }
}
