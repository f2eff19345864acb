package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.ServerSentEvent;
import org.sessionregistry.settings.HeaderSyntax;

/**
 * Server-sent events of one request, which is sent again whenever its stream ends or breaks (WHATWG
 * HTML section 9.2.3). Every subscriber has an {@link EventSubscription} of its own. Immutable, for
 * any thread.
 */
public final class EventStream implements Flow.Publisher<ServerSentEvent> {
  private final SessionContext context;
  private final Function<Request, CompletableFuture<Response>> sender;
  private final Request request;

  /**
   * Nothing is sent before somebody subscribes.
   *
   * @param context the session's
   * @param sender what sends a request
   * @param request what to send
   * @throws IllegalArgumentException if the request's body cannot be sent again
   */
  public EventStream(
      SessionContext context,
      Function<Request, CompletableFuture<Response>> sender,
      Request request) {
    if (!request.body().replayable()) {
      throw new IllegalArgumentException(
          "an event stream is asked for again when it ends, but the body can be sent only once");
    }
    this.context = context;
    this.sender = sender;
    this.request = prepared(request);
  }

  /** Section 9.2.2; and no limit of time, for a stream that goes on. */
  private static Request prepared(Request request) {
    Request prepared = request;
    if (!prepared.headers().contains("Accept")) {
      prepared = prepared.withHeader("Accept", "text/event-stream");
    }
    if (!prepared.headers().contains("Cache-Control")) {
      prepared = prepared.withHeader("Cache-Control", "no-store");
    }
    return prepared.timeout().isPresent() ? prepared : prepared.withTimeout(Duration.ZERO);
  }

  @Override
  public void subscribe(Flow.Subscriber<? super ServerSentEvent> subscriber) {
    Objects.requireNonNull(subscriber, "a subscriber"); // Reactive Streams rule 1.9
    new EventSubscription(context, this, subscriber).begin();
  }

  Request request() {
    return request;
  }

  /** Sends the request for what comes after an event. */
  CompletableFuture<Response> send(String lastEventId) {
    // The field is UTF-8, and a character of a header stands for one byte.
    String id = new String(lastEventId.getBytes(UTF_8), ISO_8859_1);
    boolean sendable = !id.isEmpty() && HeaderSyntax.problemWithValue(id).isEmpty();
    return sender.apply(sendable ? request.withHeader("Last-Event-ID", id) : request);
  }
}
