package org.sessionregistry.servers.readme;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.Interceptor;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.cdi.SessionName;

/** An example of docs/beans.md, word for word; the following comment is not part of it. */
// beans
@ApplicationScoped
@SessionName(SessionName.EVERY)
@Priority(100)
public class Tracing implements Interceptor {
  @Override
  public CompletionStage<Response> intercept(Request request, Next next) {
    return next.send(request.withHeader("X-Trace", "t-1"));
  }
}
