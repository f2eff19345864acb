package org.sessionregistry.httpclient;

import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.net.http.WebSocket;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.RedirectSettings;
import org.sessionregistry.settings.TlsSettings;

/**
 * A session as a {@code java.net.http.HttpClient}. What it is asked about itself is answered from
 * the session's settings; those decide, whatever the caller does with the answer. Thread-safe.
 *
 * <p>From JDK 21 on the JDK's class has methods that shut it down; they stand here without {@code
 * Override}, because JDK 17 does not know them. They end this client, and never the session.
 */
public final class SessionHttpClient extends HttpClient {
  /** A wait without end, which a time in nanoseconds can still express. */
  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final ClientSession session;
  private final ClientThreads threads;
  private final OpenExchanges open;

  /**
   * A client of its own; shutting it down says nothing to others.
   *
   * @param session what it runs on
   * @param threads those of its registry
   */
  public SessionHttpClient(ClientSession session, ClientThreads threads) {
    this.session = session;
    this.threads = threads;
    this.open = new OpenExchanges(session.name());
  }

  // ---- requests -------------------------------------------------------------------------------

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    threads.refuseToBlock();
    CompletableFuture<HttpResponse<T>> response = sendAsync(request, handler);
    try {
      return response.get();
    } catch (InterruptedException e) {
      response.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw JdkFailures.forCaller(Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, BodyHandler<T> handler) {
    ClientExchange<T> exchange =
        new ClientExchange<>(
            session, Objects.requireNonNull(request), Objects.requireNonNull(handler), threads);
    if (open.add(exchange)) {
      try {
        exchange.start();
      } catch (RuntimeException | Error e) {
        exchange.result().fail(e); // so that nobody who closes the client waits for it
        throw e;
      }
    }
    return exchange.result();
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      BodyHandler<T> handler,
      @Nullable PushPromiseHandler<T> pushPromiseHandler) {
    if (pushPromiseHandler != null) {
      throw new UnsupportedOperationException(
          "session '"
              + session.name()
              + "' tells servers not to push (SETTINGS_ENABLE_PUSH=0, RFC 9113 section 8.4), so"
              + " there is nothing for a PushPromiseHandler; leave it out");
    }
    return sendAsync(request, handler);
  }

  @Override
  public WebSocket.Builder newWebSocketBuilder() {
    return new SessionWebSocketBuilder(session, threads);
  }

  // ---- what the session was told --------------------------------------------------------------

  /** The session's jar, unless the session has none. */
  @Override
  public Optional<CookieHandler> cookieHandler() {
    return session.cookies().equals(CookieJar.none())
        ? Optional.empty()
        : Optional.of(new JarCookieHandler(session.cookies()));
  }

  @Override
  public Optional<Duration> connectTimeout() {
    Duration limit = session.settings().timeout().connect();
    return limit.isZero() ? Optional.empty() : Optional.of(limit);
  }

  @Override
  public Redirect followRedirects() {
    RedirectSettings redirects = session.settings().redirects();
    if (redirects.max() == 0) {
      return Redirect.NEVER;
    }
    return redirects.allowDowngrade() ? Redirect.ALWAYS : Redirect.NORMAL;
  }

  /** The proxy of {@code proxy.url} and who does without; empty when there is no such setting. */
  @Override
  public Optional<ProxySelector> proxy() {
    return ConfiguredProxy.of(session.settings().proxy());
  }

  /** The JVM's: the session's own trust and keys, which may change at any time, are not shown. */
  @Override
  public SSLContext sslContext() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no default SSLContext", e);
    }
  }

  /** A copy: what the session offers and checks. */
  @Override
  public SSLParameters sslParameters() {
    TlsSettings tls = session.settings().tls();
    SSLParameters parameters = new SSLParameters();
    if (!tls.protocols().isEmpty()) {
      parameters.setProtocols(tls.protocols().toArray(String[]::new));
    }
    if (!tls.ciphers().isEmpty()) {
      parameters.setCipherSuites(tls.ciphers().toArray(String[]::new));
    }
    if (tls.verifyHostname()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    parameters.setApplicationProtocols(applicationProtocols().toArray(String[]::new));
    return parameters;
  }

  private List<String> applicationProtocols() {
    return switch (session.settings().httpVersion()) {
      case AUTO -> List.of("h2", "http/1.1");
      case HTTP_1_1 -> List.of("http/1.1");
      case HTTP_2 -> List.of("h2");
    };
  }

  /** None: the session has its credentials. */
  @Override
  public Optional<Authenticator> authenticator() {
    return Optional.empty();
  }

  @Override
  public Version version() {
    return session.settings().httpVersion() == HttpVersionPreference.HTTP_1_1
        ? Version.HTTP_1_1
        : Version.HTTP_2;
  }

  /** None that was given to it: the threads are the registry's, and nobody else's to use. */
  @Override
  public Optional<Executor> executor() {
    return Optional.empty();
  }

  // ---- from JDK 21 on -------------------------------------------------------------------------

  /** Refuses further requests to this client; the session goes on. */
  public void shutdown() {
    open.shutDown();
  }

  /** The same, and ends the requests whose response is not there yet. */
  public void shutdownNow() {
    open.abortAll();
  }

  /**
   * Waits for the requests of this client, after it was shut down.
   *
   * @param limit how long
   * @return whether all have ended
   * @throws InterruptedException if the thread is interrupted
   */
  public boolean awaitTermination(Duration limit) throws InterruptedException {
    threads.refuseToBlock();
    return open.await(limit.compareTo(FOR_EVER) > 0 ? FOR_EVER : limit);
  }

  /**
   * Whether this client was shut down and its requests have ended.
   *
   * @return true if so
   */
  public boolean isTerminated() {
    return open.isTerminated();
  }

  /**
   * Shuts this client down and waits for its requests; an interrupt ends them, and stays set. The
   * session and what else runs on it go on.
   */
  public void close() {
    shutdown();
    boolean interrupted = false;
    try {
      while (!isTerminated()) {
        try {
          awaitTermination(FOR_EVER);
        } catch (InterruptedException e) {
          interrupted = true;
          shutdownNow();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** {@code HttpClient of session 'a'}. */
  @Override
  public String toString() {
    return "HttpClient of session '" + session.name() + "'";
  }
}
