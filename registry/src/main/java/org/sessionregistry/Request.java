package org.sessionregistry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.HeaderSyntax;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.ReferenceText;

/**
 * One request, independent of the session that sends it. Immutable, so that it can be sent again;
 * whether its body can is up to the body.
 */
public final class Request {
  private final String method;
  private final String reference;
  private final Headers headers;
  private final List<String> cookies;
  private final Optional<CookieJar> cookieJar;
  private final RequestBody body;
  private final Optional<Duration> timeout;
  private final Optional<Priority> priority;
  private final Transmission transmission;
  private final @Nullable String template;
  private final Map<Class<?>, Object> attachments;

  Request(
      String method,
      String reference,
      Headers headers,
      List<String> cookies,
      Optional<CookieJar> cookieJar,
      RequestBody body,
      Optional<Duration> timeout,
      Optional<Priority> priority,
      Transmission transmission,
      @Nullable String template,
      Map<Class<?>, Object> attachments) {
    this.method = Objects.requireNonNull(method);
    this.reference = Objects.requireNonNull(reference);
    this.headers = headers;
    this.cookies = List.copyOf(cookies);
    this.cookieJar = cookieJar;
    this.body = body;
    this.timeout = timeout;
    this.priority = priority;
    this.transmission = transmission;
    this.template = template;
    this.attachments = attachments;
  }

  /**
   * The method, as it is sent.
   *
   * @return for example {@code GET}
   */
  public String method() {
    return method;
  }

  /**
   * The URI reference, variables expanded, query appended: absolute, or relative to the session's
   * base URL.
   *
   * @return the reference, encoded (RFC 3986)
   */
  public String reference() {
    return reference;
  }

  /**
   * The request's own header fields; the session's defaults are not among them.
   *
   * @return the headers
   */
  public Headers headers() {
    return headers;
  }

  /**
   * Cookies of this request only, beside those of the jar, each as {@code name=value}.
   *
   * @return the cookies
   */
  public List<String> cookies() {
    return cookies;
  }

  /**
   * The jar of this exchange where it is not the session's.
   *
   * @return the jar, or empty for the session's
   */
  public Optional<CookieJar> cookieJar() {
    return cookieJar;
  }

  /**
   * The body.
   *
   * @return the body, {@link RequestBody#empty()} when there is none
   */
  public RequestBody body() {
    return body;
  }

  /**
   * The limit for the whole exchange where it differs from the session's.
   *
   * @return the limit, zero for none; empty for the session's
   */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /**
   * How soon the request is served while others wait, where it differs from the session's.
   *
   * @return the priority, or empty for the session's
   */
  public Optional<Priority> priority() {
    return priority;
  }

  /**
   * What the request asks of the wire beyond being sent and answered.
   *
   * @return the expectation, the trailers and the listeners
   */
  public Transmission transmission() {
    return transmission;
  }

  /**
   * The URI template that the reference was made from: what its variables hide is the same for many
   * requests, which is what statistics need.
   *
   * @return the template as it was given, without the query parameters that were appended; empty if
   *     it has no variables
   */
  public Optional<String> template() {
    return Optional.ofNullable(template);
  }

  /**
   * What was attached to the request.
   *
   * @param type the type that it was attached by
   * @param <T> the same
   * @return the value, or empty if there is none
   */
  public <T> Optional<T> attachment(Class<T> type) {
    return Optional.ofNullable(attachments.get(type)).map(type::cast);
  }

  /**
   * A copy with a value for those that see the request later: an interceptor around the exchange
   * leaves one for an interceptor around its attempts, or for a listener. It is never sent.
   *
   * @param type what it is asked for by; a request has one value of each type
   * @param value the value
   * @param <T> its type
   * @return the copy
   */
  public <T> Request withAttachment(Class<T> type, T value) {
    Map<Class<?>, Object> more = new HashMap<>(attachments);
    more.put(type, type.cast(value));
    return new Request(
        method,
        reference,
        headers,
        cookies,
        cookieJar,
        body,
        timeout,
        priority,
        transmission,
        template,
        Map.copyOf(more));
  }

  /**
   * A copy with another method.
   *
   * @param value a token (RFC 9110 section 9.1)
   * @return the copy
   * @throws IllegalArgumentException if it is not a token
   */
  public Request withMethod(String value) {
    if (!HeaderSyntax.isToken(value)) {
      throw new IllegalArgumentException("a method is a token (RFC 9110 section 9.1)");
    }
    return new Request(
        value,
        reference,
        headers,
        cookies,
        cookieJar,
        body,
        timeout,
        priority,
        transmission,
        template,
        attachments);
  }

  /**
   * A copy without cookies of its own; those of the jar are not the request's.
   *
   * @return the copy
   */
  public Request withoutCookies() {
    return new Request(
        method,
        reference,
        headers,
        List.of(),
        cookieJar,
        body,
        timeout,
        priority,
        transmission,
        template,
        attachments);
  }

  /**
   * A copy that goes elsewhere.
   *
   * @param value a URI reference, encoded (RFC 3986)
   * @return the copy
   */
  public Request withReference(String value) {
    return new Request(
        method,
        value,
        headers,
        cookies,
        cookieJar,
        body,
        timeout,
        priority,
        transmission,
        template,
        attachments);
  }

  /**
   * A copy with other header fields.
   *
   * @param value all of them
   * @return the copy
   */
  public Request withHeaders(Headers value) {
    return new Request(
        method,
        reference,
        value,
        cookies,
        cookieJar,
        body,
        timeout,
        priority,
        transmission,
        template,
        attachments);
  }

  /**
   * A copy in which a header field has one value, whatever it had before.
   *
   * @param name the field name
   * @param value the field value
   * @return the copy
   * @throws IllegalArgumentException if the field cannot be sent or frames the message (RFC 9110
   *     sections 5.1 and 5.5)
   */
  public Request withHeader(String name, String value) {
    HeaderSyntax.refuse(name, value);
    return withHeaders(headers.with(name, value));
  }

  /**
   * A copy with another body.
   *
   * @param value the body
   * @return the copy
   */
  public Request withBody(RequestBody value) {
    return new Request(
        method,
        reference,
        headers,
        cookies,
        cookieJar,
        value,
        timeout,
        priority,
        transmission,
        template,
        attachments);
  }

  /**
   * This request with another limit for the whole exchange.
   *
   * @param total the limit, zero for none
   * @return the copy
   * @throws IllegalArgumentException if it is negative
   */
  public Request withTimeout(Duration total) {
    if (total.isNegative()) {
      throw new IllegalArgumentException("timeout " + total + ": from 0 (none) is expected");
    }
    return new Request(
        method,
        reference,
        headers,
        cookies,
        cookieJar,
        body,
        Optional.of(total),
        priority,
        transmission,
        template,
        attachments);
  }

  /** Method and reference without user-info and query, which may carry secrets. */
  @Override
  public String toString() {
    return method + " " + ReferenceText.shown(reference);
  }
}
