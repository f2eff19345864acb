package org.sessionregistry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.HeaderSyntax;
import org.sessionregistry.settings.Priority;

/**
 * Collects one request and sends it on its session. Mistakes in method, header or cookie are
 * refused at once with an {@link IllegalArgumentException}. Not thread-safe.
 *
 * <p>It is long because everything that a request can say is one short method here.
 */
public final class RequestBuilder {
  private static final Duration CONTINUE_WAIT = Duration.ofSeconds(1);

  private final ClientSession session;
  private final String method;
  private final String template;
  private final Map<String, String> variables = new LinkedHashMap<>(4);
  private final List<String> query = new ArrayList<>(0);
  private final List<String> headers = new ArrayList<>(4);
  private final List<String> cookies = new ArrayList<>(0);
  private Optional<CookieJar> cookieJar = Optional.empty();
  private RequestBody body = RequestBody.empty();
  private Optional<Duration> timeout = Optional.empty();
  private Optional<Priority> priority = Optional.empty();
  private Transmission transmission = Transmission.PLAIN;

  /**
   * Starts a request; applications call {@link ClientSession#request(String, String)}.
   *
   * @param session what sends it
   * @param method the method, a token (RFC 9110 section 9.1)
   * @param template a URI reference with {@code {variables}}
   * @throws IllegalArgumentException if the method is not a token, or CONNECT
   */
  public RequestBuilder(ClientSession session, String method, String template) {
    if (!HeaderSyntax.isToken(method)) {
      throw new IllegalArgumentException(
          "the method '" + method + "' is not a token (RFC 9110 section 9.1)");
    }
    if (method.equals("CONNECT")) {
      throw new IllegalArgumentException(
          "CONNECT opens a tunnel through a proxy (RFC 9110 section 9.3.6); it is not a request");
    }
    this.session = session;
    this.method = method;
    this.template = template;
  }

  /**
   * Gives a variable of the URI template its value; everything but unreserved characters is percent
   * encoded (RFC 6570 section 3.2.2).
   *
   * @param variable the name between the braces
   * @param value the value, not encoded
   * @return this
   */
  public RequestBuilder path(String variable, Object value) {
    variables.put(variable, value.toString());
    return this;
  }

  /**
   * Appends a query parameter; the same name may be given again.
   *
   * @param name the name, not encoded
   * @param value the value, not encoded
   * @return this
   */
  public RequestBuilder query(String name, Object value) {
    query.add(name);
    query.add(value.toString());
    return this;
  }

  /**
   * Adds a header field; the same name may be given again. It wins over the session's default of
   * that name.
   *
   * @param name the field name
   * @param value the field value
   * @return this
   * @throws IllegalArgumentException if the name is not a token, frames the message, or the value
   *     has CR, LF, NUL or another control character (RFC 9110 sections 5.1 and 5.5)
   */
  public RequestBuilder header(String name, String value) {
    HeaderSyntax.refuse(name, value);
    headers.add(name);
    headers.add(value);
    return this;
  }

  /**
   * Adds a cookie for this request only, beside those of the session's jar.
   *
   * @param name the name, a token
   * @param value the value, sent as it is
   * @return this
   * @throws IllegalArgumentException if one of them cannot stand in a Cookie header (RFC 6265
   *     section 4.1.1)
   */
  public RequestBuilder cookie(String name, String value) {
    if (!HeaderSyntax.isToken(name)) {
      refuse(
          "cookie '" + HeaderSyntax.visible(name) + "'",
          "its name is not a token (RFC 6265 section 4.1.1)");
    }
    HeaderSyntax.problemWithValue(value)
        .ifPresent(p -> refuse("cookie '" + name + "'", "expected " + p));
    if (value.indexOf(';') >= 0) {
      refuse("cookie '" + name + "'", "its value has a semicolon (RFC 6265 section 4.1.1)");
    }
    cookies.add(name + "=" + value);
    return this;
  }

  /**
   * Takes the cookies from this jar, and keeps in it those that are set, in place of the session's:
   * for one of its users, say. It holds for the whole exchange with its redirects. Cookies that the
   * session's settings name are in the session's jar only.
   *
   * @param jar the jar, which other requests and sessions may use at the same time; {@link
   *     CookieJar#none()} for none
   * @return this
   */
  public RequestBuilder cookieJar(CookieJar jar) {
    cookieJar = Optional.of(jar);
    return this;
  }

  /**
   * Sends user name and password with this request (RFC 7617, UTF-8).
   *
   * @param user the user name, without a colon
   * @param password the password
   * @return this
   * @throws IllegalArgumentException if the user name has a colon
   */
  public RequestBuilder basicAuth(String user, String password) {
    if (user.indexOf(':') >= 0) {
      refuse("basic authentication", "a user name cannot hold a colon (RFC 7617 section 2)");
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return authorization("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /**
   * Sends a bearer token with this request (RFC 6750 section 2.1).
   *
   * @param token the token
   * @return this
   */
  public RequestBuilder bearerAuth(String token) {
    return authorization("Bearer " + token);
  }

  /** A request has one (RFC 9110 section 11.6.2): the last that is set. */
  private RequestBuilder authorization(String credentials) {
    for (int i = headers.size() - 2; i >= 0; i -= 2) {
      if (headers.get(i).equalsIgnoreCase("Authorization")) {
        headers.subList(i, i + 2).clear();
      }
    }
    return header("Authorization", credentials);
  }

  /**
   * Sets the body. Its content type is sent unless a {@code Content-Type} header is set. JSON is
   * written now, with the session's codec.
   *
   * @param value the body
   * @return this
   * @throws IllegalArgumentException if its content type cannot be the value of a header, or a
   *     value cannot be written as JSON
   * @throws IllegalStateException if it is JSON and there is neither JSON-B nor another codec
   */
  public RequestBuilder body(RequestBody value) {
    if (value instanceof SessionEncoded open) {
      body = open.encodedBy(session.json());
      return this;
    }
    value
        .contentType()
        .flatMap(HeaderSyntax::problemWithValue)
        .ifPresent(p -> refuse("the body's content type", "expected " + p));
    body = value;
    return this;
  }

  /**
   * Sets a body of text, {@code text/plain} in UTF-8.
   *
   * @param text the text
   * @return this
   */
  public RequestBuilder body(String text) {
    return body(RequestBody.ofText(text));
  }

  /**
   * Sets a body of bytes, {@code application/octet-stream}.
   *
   * @param bytes the bytes; not copied, not to be changed while the request is in flight
   * @return this
   */
  public RequestBuilder body(byte[] bytes) {
    return body(RequestBody.ofBytes(bytes));
  }

  /**
   * Sets a value as the body, written as JSON now, with the session's {@link ClientSession#json()
   * codec}; {@code application/json}. No {@code Accept} header is added.
   *
   * @param value what to write
   * @return this
   * @throws IllegalArgumentException if the value cannot be written as JSON
   * @throws IllegalStateException if there is neither JSON-B nor another codec
   */
  public RequestBuilder json(Object value) {
    return body(RequestBody.ofJson(value));
  }

  /**
   * Sets a body of form fields, {@code application/x-www-form-urlencoded} in UTF-8. {@link
   * FormBody} builds one field by field, {@link MultipartBody#form()} one with files.
   *
   * @param fields name to value; a value that is a collection stands for one field for each of its
   *     elements
   * @return this
   */
  public RequestBuilder form(Map<String, ?> fields) {
    return body(RequestBody.ofForm(fields));
  }

  /**
   * Limits the whole exchange in place of the session's {@code timeout.total}.
   *
   * @param total the limit, zero for none
   * @return this
   * @throws IllegalArgumentException if it is negative
   */
  public RequestBuilder timeout(Duration total) {
    if (total.isNegative()) {
      refuse("timeout " + total, "a duration from 0 (none) is expected");
    }
    timeout = Optional.of(total);
    return this;
  }

  /**
   * Sets how soon the request is served while others wait, in place of the session's {@code
   * priority}.
   *
   * @param value the priority
   * @return this
   */
  public RequestBuilder priority(Priority value) {
    priority = Optional.of(value);
    return this;
  }

  /**
   * Asks the server whether it wants the body before the body is sent, and waits for its answer for
   * at most one second; see {@link #expectContinue(Duration)}.
   *
   * @return this
   */
  public RequestBuilder expectContinue() {
    return expectContinue(CONTINUE_WAIT);
  }

  /**
   * Asks the server whether it wants the body before the body is sent ({@code Expect:
   * 100-continue}, RFC 9110 section 10.1.1). The body follows when the server says so, or after the
   * wait, because a server may know nothing of it. A final status that comes before is the
   * response, and the body is not sent. After {@code 417 Expectation Failed} the request is sent
   * once more without asking. A request without a body does not ask. While it waits, {@code
   * timeout.write} does not run; {@code timeout.response} begins as ever when the body has been
   * sent.
   *
   * @param wait how long to wait for an answer
   * @return this
   * @throws IllegalArgumentException if it is not positive, or longer than an hour
   */
  public RequestBuilder expectContinue(Duration wait) {
    if (wait.isNegative() || wait.isZero() || wait.compareTo(Duration.ofHours(1)) > 0) {
      refuse("expectContinue " + wait, "a duration above 0 and of at most an hour is expected");
    }
    transmission = transmission.withExpectContinue(wait);
    return this;
  }

  /**
   * Hears what the server says before its response, for example {@code 103 Early Hints} and {@code
   * 100 Continue}, but not {@code 101}. The listener is called on a thread of the registry, which
   * it must not block. When it throws, the exchange fails with a {@link ListenerFailedException}.
   *
   * @param listener called for each, before the response
   * @return this
   */
  public RequestBuilder onInformational(Consumer<InformationalResponse> listener) {
    transmission = transmission.withOnInformational(listener);
    return this;
  }

  /**
   * Hears how much of the body has been written to the socket. When the listener throws, the
   * exchange fails with a {@link ListenerFailedException}.
   *
   * @param listener called for each part
   * @return this
   */
  public RequestBuilder onUploadProgress(UploadProgress listener) {
    transmission = transmission.withOnUpload(listener);
    return this;
  }

  /**
   * Sends a field after the body (RFC 9110 section 6.5), announced with {@code Trailer}. With
   * HTTP/1.1 the body is then sent in chunks, even if its length is known. Without a body, and when
   * a redirect drops it, there are no trailers.
   *
   * @param name the field name
   * @param value the field value
   * @return this
   * @throws IllegalArgumentException if the field cannot be sent, or not after the body (RFC 9110
   *     section 6.5.1)
   */
  public RequestBuilder trailer(String name, String value) {
    HeaderSyntax.problemWithValue(value)
        .ifPresent(p -> refuse("trailer '" + HeaderSyntax.visible(name) + "'", "expected " + p));
    return trailer(name, () -> value);
  }

  /**
   * Sends a field after the body, whose value is not known before, for example a checksum; see
   * {@link #trailer(String, String)}. When the supplier throws, or gives what cannot be sent, the
   * exchange fails with a {@link RequestBodyException}.
   *
   * @param name the field name
   * @param value asked when the body has been sent, on a thread of the registry; must not block
   * @return this
   * @throws IllegalArgumentException if the field cannot be sent after the body (RFC 9110 section
   *     6.5.1)
   */
  public RequestBuilder trailer(String name, Supplier<String> value) {
    transmission = transmission.withTrailer(new Trailer(name, value));
    return this;
  }

  /**
   * Tells the server that trailers are welcome ({@code TE: trailers}, RFC 9110 section 10.1.4);
   * some send none to who does not say so. They are read in any case, see {@link
   * Response#trailers()}.
   *
   * @return this
   */
  public RequestBuilder acceptTrailers() {
    transmission = transmission.acceptingTrailers();
    return this;
  }

  /**
   * The request as it stands, to be kept or sent later.
   *
   * @return an immutable request
   * @throws IllegalArgumentException if a variable of the template has no value, or a value has no
   *     variable
   */
  public Request build() {
    Headers own = Headers.of(headers.toArray(String[]::new));
    if (!cookies.isEmpty() && own.contains("Cookie")) {
      refuse("cookies", "set them with cookie(…) or with a Cookie header, not with both");
    }
    return new Request(
        method,
        UriTemplate.expand(template, variables, query),
        own,
        cookies,
        cookieJar,
        body,
        timeout,
        priority,
        transmission,
        variables.isEmpty() ? null : template,
        Map.of());
  }

  /**
   * Sends the request and waits for status and headers.
   *
   * @return the response; close it
   * @throws IOException a {@link SessionException} that says what went wrong
   * @throws InterruptedException if the thread is interrupted; the exchange is cancelled
   */
  public Response send() throws IOException, InterruptedException {
    return session.send(build());
  }

  /**
   * Sends the request without waiting.
   *
   * @return completes with status and headers, or with a {@link SessionException}; cancelling it
   *     ends the exchange
   */
  public CompletableFuture<Response> sendAsync() {
    return session.sendAsync(build());
  }

  /**
   * Server-sent events that go on when their stream ends or breaks; see {@link
   * ClientSession#events(Request)}.
   *
   * @return the events; nothing is sent before somebody subscribes
   * @throws IllegalArgumentException if the request's body cannot be sent again
   */
  public Flow.Publisher<ServerSentEvent> events() {
    return session.events(build());
  }

  /**
   * Fetches the resource into a file and goes on with what an earlier download left; see {@link
   * ClientSession#downloadAsync}.
   *
   * @param target the file; one that is there is replaced
   * @return the response: status 200, or 206 for the rest of the file. With any other status
   *     nothing is saved, and the response has its body; close it
   * @throws IOException a {@link SessionException}, or what the file system refuses
   * @throws InterruptedException if the thread is interrupted; the download ends
   */
  public Response download(Path target) throws IOException, InterruptedException {
    return download(target, (received, total) -> {});
  }

  /**
   * Fetches the resource into a file and goes on with what an earlier download left; see {@link
   * ClientSession#downloadAsync}.
   *
   * @param target the file; one that is there is replaced
   * @param progress hears of each part that was written
   * @return the response: status 200, or 206 for the rest of the file. With any other status
   *     nothing is saved, and the response has its body; close it
   * @throws IOException a {@link SessionException}, or what the file system refuses
   * @throws InterruptedException if the thread is interrupted; the download ends
   */
  public Response download(Path target, DownloadProgress progress)
      throws IOException, InterruptedException {
    return session.download(build(), target, progress);
  }

  /**
   * Fetches the resource into a file without waiting; see {@link ClientSession#downloadAsync}.
   *
   * @param target the file; one that is there is replaced
   * @param progress hears of each part that was written
   * @return completes with the response when the file is complete
   */
  public CompletableFuture<Response> downloadAsync(Path target, DownloadProgress progress) {
    return session.downloadAsync(build(), target, progress);
  }

  private static void refuse(String what, String problem) {
    throw new IllegalArgumentException(what + ": " + problem);
  }
}
