package org.sessionregistry.cdi.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Interceptor;
import org.sessionregistry.Request;
import org.sessionregistry.Response;

/**
 * Makes a span of each attempt and sends it along. It has to be the innermost interceptor, so that
 * whatever is sent has a span. The rule: nothing that goes wrong here may harm the request.
 */
final class TracedAttempt implements Interceptor {
  private static final Logger LOG = System.getLogger("org.sessionregistry.telemetry");

  /** RFC 9110 and RFC 5789; any other name could be one of very many. */
  private static final Set<String> KNOWN =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

  private static final String OTHER = "_OTHER";

  private final String session;
  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final Instruments instruments;

  TracedAttempt(
      String session, Tracer tracer, TextMapPropagator propagator, Instruments instruments) {
    this.session = session;
    this.tracer = tracer;
    this.propagator = propagator;
    this.instruments = instruments;
  }

  @Override
  public CompletionStage<Response> intercept(Request request, Next next) {
    Sending sending;
    Request marked;
    try {
      sending = begin(request);
      marked = mark(request, sending.context());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "session '" + session + "': no span could be made", e);
      return next.send(request);
    }
    CompletionStage<Response> answer;
    try {
      answer = next.send(marked);
    } catch (RuntimeException | Error e) {
      end(sending, null, e);
      throw e;
    }
    return answer.whenComplete((response, failure) -> end(sending, response, failure));
  }

  private Sending begin(Request request) {
    // A request that an interceptor has made anew has no trail.
    Trail trail =
        request
            .attachment(Trail.class)
            .orElseGet(() -> new Trail(Context.current(), Optional.empty()));
    URI uri = URI.create(request.reference());
    boolean known = KNOWN.contains(request.method());
    String method = known ? request.method() : OTHER;
    Optional<String> template = trail.template();
    Attributes asked = asked(method, Endpoint.of(uri), template);
    AttributesBuilder shown = asked.toBuilder().put(Keys.URL_FULL, ShownUrl.of(uri));
    if (!known) {
      shown.put(Keys.METHOD_ORIGINAL, request.method());
    }
    int resent = trail.next();
    if (resent > 0) {
      shown.put(Keys.RESEND_COUNT, (long) resent);
    }
    String name = known ? method : "HTTP";
    Span span =
        tracer
            .spanBuilder(template.map(path -> name + " " + path).orElse(name))
            .setSpanKind(SpanKind.CLIENT)
            .setParent(trail.caller())
            .setAllAttributes(shown.build())
            .startSpan();
    Sending sending = new Sending(instruments, span, trail.caller(), asked);
    trail.begin(sending);
    return sending;
  }

  private Attributes asked(String method, Endpoint to, Optional<String> template) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put(Keys.SESSION, session)
            .put(Keys.METHOD, method)
            .put(Keys.SERVER_ADDRESS, to.address())
            .put(Keys.SERVER_PORT, to.port())
            .put(Keys.URL_SCHEME, to.scheme());
    template.ifPresent(path -> attributes.put(Keys.URL_TEMPLATE, path));
    return attributes.build();
  }

  private Request mark(Request request, Context context) {
    Marking marking = new Marking(request);
    propagator.inject(context, marking, Marking::set);
    return marking.request;
  }

  /** The request with the headers that a propagator sets, one after the other. */
  private static final class Marking {
    private Request request;

    Marking(Request request) {
      this.request = request;
    }

    static void set(@Nullable Marking marking, String name, String value) {
      if (marking != null) {
        marking.request = marking.request.withHeader(name, value);
      }
    }
  }

  private void end(Sending sending, @Nullable Response response, @Nullable Throwable failure) {
    try {
      sending.end(response, failure);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "session '" + session + "': a span could not be ended", e);
    }
  }
}
