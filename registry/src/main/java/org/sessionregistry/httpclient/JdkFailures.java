package org.sessionregistry.httpclient;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.sessionregistry.SessionException;
import org.sessionregistry.TlsFailedException;

/**
 * The exceptions that callers of the JDK's client look for, with the session's message and its
 * exception as the cause. What the JDK has no type for stays as it is: an {@link IOException} in
 * either case. Thread-safe, without state.
 */
final class JdkFailures {
  private JdkFailures() {}

  static Throwable of(Throwable failure) {
    Throwable bare = failure;
    while (bare instanceof CompletionException && bare.getCause() != null) {
      bare = bare.getCause();
    }
    return bare instanceof SessionException ours ? of(ours) : bare;
  }

  private static IOException of(SessionException ours) {
    String message = ours.getMessage();
    return switch (ours.kind()) {
      case DNS_TIMEOUT, CONNECT_TIMEOUT, TLS_HANDSHAKE_TIMEOUT ->
          because(ours, new HttpConnectTimeoutException(message));
      case QUEUE_TIMEOUT,
          WRITE_TIMEOUT,
          RESPONSE_TIMEOUT,
          READ_TIMEOUT,
          ATTEMPT_TIMEOUT,
          TOTAL_TIMEOUT ->
          because(ours, new HttpTimeoutException(message));
      case HOST_NOT_FOUND, CONNECTION_FAILED -> because(ours, new ConnectException(message));
      case TLS_CONFIGURATION -> because(ours, new SSLException(message));
      default ->
          ours instanceof TlsFailedException
              ? because(ours, new SSLHandshakeException(message))
              : ours;
    };
  }

  static <E extends Exception> E because(Throwable cause, E failure) {
    failure.initCause(cause);
    return failure;
  }

  /** {@code HttpRequest.timeout()} has passed. */
  static HttpTimeoutException noHead(String session, String request, Duration limit) {
    return new HttpTimeoutException(
        "session '"
            + session
            + "': "
            + request
            + ": no response headers within the request's own timeout of "
            + limit.toMillis()
            + " ms (HttpRequest.timeout); raise it, or look at the session's statistics for what"
            + " the time goes to");
  }

  static IOException shutDown(String session) {
    return new IOException(
        "session '" + session + "': this HttpClient was shut down; the session was not");
  }

  /** For a blocking call: an exception with the caller's own stack. */
  static IOException forCaller(Throwable failure) {
    Throwable bare = of(failure);
    if (bare instanceof IllegalArgumentException mistake) {
      throw mistake;
    }
    if (bare instanceof Error error) {
      throw error;
    }
    if (bare instanceof SessionException || bare.getCause() instanceof SessionException) {
      // Where it was noticed is inside this library; whoever reads it wants to know who asked.
      bare.setStackTrace(new Throwable().getStackTrace());
    }
    return bare instanceof IOException io ? io : new IOException(bare.getMessage(), bare);
  }
}
