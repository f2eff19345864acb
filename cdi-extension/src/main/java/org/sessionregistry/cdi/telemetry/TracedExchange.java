package org.sessionregistry.cdi.telemetry;

import io.opentelemetry.context.Context;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.Interceptor;
import org.sessionregistry.Request;
import org.sessionregistry.Response;

/**
 * Notes who called. It has to be the outermost interceptor around the exchange, which is called on
 * the thread that sends the request: nowhere else is the caller's context current.
 */
final class TracedExchange implements Interceptor {
  @Override
  public CompletionStage<Response> intercept(Request request, Next next) {
    Trail trail = new Trail(Context.current(), request.template());
    return next.send(request.withAttachment(Trail.class, trail));
  }
}
