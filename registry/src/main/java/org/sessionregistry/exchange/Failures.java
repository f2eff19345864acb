package org.sessionregistry.exchange;

import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.AttemptTimeoutException;
import org.sessionregistry.ConnectTimeoutException;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.CredentialsException;
import org.sessionregistry.DnsTimeoutException;
import org.sessionregistry.EgressDeniedException;
import org.sessionregistry.FailureDetail;
import org.sessionregistry.HostNotFoundException;
import org.sessionregistry.HttpStatusException;
import org.sessionregistry.InterceptorException;
import org.sessionregistry.InvalidResponseException;
import org.sessionregistry.ListenerFailedException;
import org.sessionregistry.PhaseTimes;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.ProxyAuthenticationException;
import org.sessionregistry.ProxyConnectException;
import org.sessionregistry.QueueFullException;
import org.sessionregistry.QueueTimeoutException;
import org.sessionregistry.ReadTimeoutException;
import org.sessionregistry.Redirect;
import org.sessionregistry.RedirectRefusedException;
import org.sessionregistry.RequestBodyException;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseBodyException;
import org.sessionregistry.ResponseClosedException;
import org.sessionregistry.ResponseTimeoutException;
import org.sessionregistry.ResponseTooLargeException;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionException;
import org.sessionregistry.TlsHandshakeTimeoutException;
import org.sessionregistry.TooManyRedirectsException;
import org.sessionregistry.TotalTimeoutException;
import org.sessionregistry.TruncatedResponseException;
import org.sessionregistry.WriteTimeoutException;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.connector.Refusal;
import org.sessionregistry.content.ContentException;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.QueueSettings;
import org.sessionregistry.settings.RateLimitSettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TimeoutSettings;

/**
 * Every message that an exchange can fail with, in one place: what happened, and what to change.
 * Immutable. It is long because there are so many things that can go wrong.
 */
final class Failures {
  /** Characters of a body that a message shows. */
  private static final int SHOWN = 200;

  private final String session;
  private final Optional<String> tenant;
  private final SessionSettings settings;
  private final TimeoutSettings timeout;
  private final TlsFailures tls;

  Failures(SessionSettings settings) {
    this(settings, Optional.empty());
  }

  private Failures(SessionSettings settings, Optional<String> tenant) {
    this.session = settings.name();
    this.tenant = tenant;
    this.settings = settings;
    this.timeout = settings.timeout();
    this.tls = new TlsFailures(settings);
  }

  /** The same for one of the session's tenants. */
  Failures of(String whose) {
    return new Failures(settings, Optional.of(whose));
  }

  FailureDetail detail(String method, URI uri, long elapsedNanos, PhaseTimes phases) {
    return new FailureDetail(
        session, tenant, method, uri, Duration.ofNanos(elapsedNanos), phases, Optional.empty());
  }

  // ---- the session and its pool ---------------------------------------------------------------

  SessionException closed(FailureDetail detail) {
    return new SessionClosedException(detail, "the session is closed; nothing was sent", null);
  }

  SessionException cutOff(FailureDetail detail) {
    return new SessionClosedException(
        detail,
        "the session was closed and the request did not finish within shutdown-timeout; raise"
            + " client-session-registry.shutdown-timeout if it needs longer",
        null);
  }

  SessionException queueFull(FailureDetail detail, Refusal.QueueFull refusal) {
    QueueSettings queue = settings.queue();
    boolean ofMember = refusal.ofMember();
    int size = (ofMember ? queue.maxSizePerTenant() : queue.maxSize()).orElse(0);
    return new QueueFullException(
        detail,
        (refusal.bound() == Refusal.Bound.RATE
                ? "no permit of " + permits() + " is free and "
                : "no connection is free and ")
            + (size == 0
                ? "the queue is off"
                : (ofMember ? "its part of " : "the queue of ")
                    + size
                    + (ofMember ? " of the queue is full" : " is full"))
            + " ("
            + pool(detail)
            + "); "
            + more(refusal.bound())
            + poolKey("queue.", ofMember ? "max-size-per-tenant" : "max-size")
            + ", or send less at once");
  }

  private String more(Refusal.Bound bound) {
    return switch (bound) {
      case POOL -> "raise " + poolKey("pool.", "max-connections") + " or ";
      case ROUTE -> "raise " + poolKey("pool.", "max-connections-per-host") + " or ";
      case MEMBER -> "raise " + poolKey("pool.", "max-connections-per-tenant") + " or ";
      case RESERVE -> "lower " + poolKey("pool.", "reserved-high") + " or raise ";
      case BUDGET -> "raise client-session-registry.max-connections or ";
      case RATE -> "raise " + key("rate-limit.permits") + " or ";
    };
  }

  /** How many requests may be started in which period, and where that is set. */
  private String permits() {
    RateLimitSettings limit = settings.rateLimit();
    return key("rate-limit.permits")
        + "="
        + limit.permits().orElse(0)
        + limit.period().map(period -> " per " + text(period)).orElse("");
  }

  /** Where a setting of the pool is set: with the session, or with the pool that it shares. */
  private String poolKey(String group, String setting) {
    return settings
        .pool()
        .name()
        .map(shared -> "client-session-pool." + shared + "." + setting)
        .orElseGet(() -> key(group + setting));
  }

  SessionException queueTimeout(FailureDetail detail, boolean withoutPermit) {
    return new QueueTimeoutException(
        detail,
        (withoutPermit ? "no permit of " + permits() : "no connection")
            + " became free within "
            + limit("timeout.queue", timeout.queue())
            + "; pool: "
            + pool(detail));
  }

  // ---- time limits ----------------------------------------------------------------------------

  SessionException totalTimeout(FailureDetail detail, Duration limit, boolean ofRequest) {
    return new TotalTimeoutException(
        detail,
        "the exchange took longer than "
            + (ofRequest
                ? "the request's own timeout of " + text(limit)
                : limit("timeout.total", limit)));
  }

  SessionException attemptTimeout(FailureDetail detail) {
    return new AttemptTimeoutException(
        detail, "the attempt took longer than " + limit("timeout.attempt", timeout.attempt()));
  }

  SessionException writeTimeout(FailureDetail detail) {
    return new WriteTimeoutException(
        detail, "sending made no progress within " + limit("timeout.write", timeout.write()));
  }

  SessionException responseTimeout(FailureDetail detail) {
    return new ResponseTimeoutException(
        detail,
        "the request was sent, but no response headers came within "
            + limit("timeout.response", timeout.response()));
  }

  SessionException readTimeout(FailureDetail detail) {
    return new ReadTimeoutException(
        detail, "no further part of the body came within " + limit("timeout.read", timeout.read()));
  }

  // ---- connecting -----------------------------------------------------------------------------

  SessionException dial(FailureDetail detail, DialFailure failure) {
    String what = failure.message();
    Throwable cause = failure.cause();
    return switch (failure.kind()) {
      case HOST_NOT_FOUND -> new HostNotFoundException(detail, what, cause);
      case DNS_TIMEOUT ->
          new DnsTimeoutException(detail, what + " within " + limit("timeout.dns", timeout.dns()));
      case CONNECT_FAILED -> new ConnectionFailedException(detail, what, cause);
      case CONNECT_TIMEOUT ->
          new ConnectTimeoutException(
              detail, what + " within " + limit("timeout.connect", timeout.connect()));
      case EGRESS_DENIED ->
          new EgressDeniedException(
              detail,
              what
                  + "; if it is meant to be reached, change "
                  + key("egress.allow")
                  + " or "
                  + key("egress.deny"));
      case PROXY_AUTHENTICATION -> proxyAuthentication(detail, what);
      case PROXY_CONNECT ->
          new ProxyConnectException(
              detail,
              what
                  + "; see to the proxy, change "
                  + key("proxy.url")
                  + ", or reach the host without it ("
                  + key("proxy.exclude")
                  + ")",
              cause);
      case TLS_FAILED,
          TLS_UNTRUSTED,
          TLS_EXPIRED,
          TLS_WRONG_HOST,
          TLS_PIN_MISMATCH,
          TLS_NEGOTIATION,
          TLS_CLIENT_CERTIFICATE,
          TLS_CONFIGURATION ->
          tls.handshake(detail, failure);
      case TLS_TIMEOUT ->
          new TlsHandshakeTimeoutException(
              detail, what + " within " + limit("timeout.tls-handshake", timeout.tlsHandshake()));
      case ABORTED -> new SessionClosedException(detail, what, cause);
    };
  }

  private SessionException proxyAuthentication(FailureDetail detail, String what) {
    return new ProxyAuthenticationException(
        detail,
        what
            + "; "
            + (settings.proxy().username().isPresent() ? "check " : "set ")
            + key("proxy.username")
            + " and "
            + key("proxy.password")
            + (settings.proxy().fromEnvironment() ? ", or what the environment says" : ""));
  }

  // ---- redirects -----------------------------------------------------------------------------

  SessionException tooManyRedirects(FailureDetail detail, List<Redirect> history) {
    return new TooManyRedirectsException(
        detail,
        "more redirects than "
            + key("redirects.max")
            + "="
            + settings.redirects().max()
            + ": "
            + way(history),
        history);
  }

  SessionException redirectCircle(FailureDetail detail, List<Redirect> history) {
    return new TooManyRedirectsException(
        detail, "the redirects lead in a circle: " + way(history), history);
  }

  SessionException redirectRefused(
      FailureDetail detail, List<Redirect> history, RedirectPolicy.Refused why) {
    return new RedirectRefusedException(
        detail, "a redirect " + why.getMessage() + ": " + way(history), history, why.getCause());
  }

  private static String way(List<Redirect> history) {
    return history.stream().map(Redirect::toString).collect(Collectors.joining(", "));
  }

  // ---- the wire -------------------------------------------------------------------------------

  SessionException wire(FailureDetail detail, WireFailure failure) {
    String what = failure.message() + because(failure.cause());
    Throwable cause = failure.cause();
    return switch (failure.kind()) {
      case NOT_SENT, REFUSED, CLOSED_UNANSWERED, CLOSED_EARLY, RESET ->
          tls.afterHandshake(detail, failure)
              .orElseGet(() -> new ConnectionLostException(detail, what, cause));
      case TRUNCATED -> new TruncatedResponseException(detail, what, cause);
      case INVALID -> new InvalidResponseException(detail, failure.message(), cause);
      case HEADERS_TOO_LARGE ->
          new ResponseTooLargeException(
              detail,
              failure.message()
                  + " ("
                  + key("limits.response-headers")
                  + "="
                  + settings.limits().responseHeaders()
                  + ")",
              cause);
      case PROXY_AUTHENTICATION -> proxyAuthentication(detail, failure.message());
      case REQUEST_BODY -> new RequestBodyException(detail, failure.message(), cause);
      case DISCARDED -> readAfterClose(detail);
    };
  }

  SessionException requestBody(FailureDetail detail, Throwable cause) {
    return new RequestBodyException(detail, "the request cannot be put together: " + cause, cause);
  }

  SessionException listener(FailureDetail detail, String listener, Throwable cause) {
    return new ListenerFailedException(
        detail, "the request's listener " + listener + " threw " + cause, cause);
  }

  /** A jar of the application's own; those of the registry take whatever a server says. */
  SessionException cookieJar(FailureDetail detail, CookieJar jar, Throwable cause) {
    return new ListenerFailedException(
        detail,
        "the cookie jar " + jar.getClass().getName() + " threw " + cause + " at a Set-Cookie",
        cause);
  }

  SessionException bodyTooLarge(FailureDetail detail) {
    return new ResponseTooLargeException(
        detail,
        "the body is larger than "
            + key("limits.buffered-body")
            + "="
            + settings.limits().bufferedBody()
            + "; raise it, or stream the body with body() or inputStream()",
        null);
  }

  SessionException pieceTooLarge(FailureDetail detail, String piece) {
    return new ResponseTooLargeException(
        detail,
        piece
            + " of the body is longer than "
            + key("limits.buffered-body")
            + "="
            + settings.limits().bufferedBody()
            + "; raise it, or stream the body with body() or inputStream()",
        null);
  }

  SessionException noEventStream(FailureDetail detail, Response answer) {
    return new ResponseBodyException(
        detail,
        "the answer is no event stream but status "
            + answer.status()
            + answer.contentType().map(type -> " with " + type).orElse(" without a content type")
            + "; status 200 with text/event-stream begins one, 204 ends it (WHATWG HTML section"
            + " 9.2.3)",
        null);
  }

  /** The body is here, but not what it was to be read as; of its text only the start is shown. */
  SessionException unreadable(
      FailureDetail detail,
      String type,
      String contentType,
      String text,
      String why,
      @Nullable Throwable cause) {
    String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    return new ResponseBodyException(
        detail,
        "the body cannot be read as "
            + type
            + " ("
            + (contentType.isEmpty() ? "without a content type" : contentType)
            + "): "
            + why
            + (text.isEmpty() ? "" : "; it begins: " + start.replaceAll("\\p{Cntrl}+", " ")),
        cause);
  }

  SessionException content(FailureDetail detail, ContentException broken) {
    String what = "the compressed body cannot be decompressed: " + broken.getMessage();
    return switch (broken.kind()) {
      case TRUNCATED -> new TruncatedResponseException(detail, what, broken);
      case CORRUPT -> new InvalidResponseException(detail, what, broken);
    };
  }

  SessionException readAfterClose(FailureDetail detail) {
    return new ResponseClosedException(
        detail, "the response was closed before its body was read to the end", null);
  }

  HttpStatusException status(FailureDetail detail, Response answer, byte[] start) {
    Charset charset = answer.charset();
    String body = new String(start, charset).strip().replaceAll("\\s+", " ");
    String shown = body.length() > SHOWN ? body.substring(0, SHOWN) + "…" : body;
    return new HttpStatusException(
        detail,
        "the server answered "
            + answer.status()
            + (answer.reason().isEmpty() ? "" : " " + answer.reason())
            + (shown.isEmpty() ? "" : ": " + shown),
        answer.status(),
        answer.headers(),
        start,
        charset);
  }

  // ---- what the application adds --------------------------------------------------------------

  SessionException credentials(FailureDetail detail, Throwable cause) {
    return new CredentialsException(
        detail, "the session's token supplier gave no token: " + cause, cause);
  }

  SessionException interceptor(FailureDetail detail, Throwable cause) {
    return new InterceptorException(detail, "an interceptor failed: " + cause, cause);
  }

  private static String pool(FailureDetail detail) {
    return detail.pool().map(PoolStatistics::toString).orElse("no connection");
  }

  private static String because(@Nullable Throwable cause) {
    return cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
  }

  private String limit(String setting, Duration value) {
    return key(setting) + "=" + text(value);
  }

  private String key(String setting) {
    return "client-session." + session + "." + setting;
  }

  private static String text(Duration value) {
    long millis = value.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
