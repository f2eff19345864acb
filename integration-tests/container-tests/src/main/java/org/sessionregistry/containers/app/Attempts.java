package org.sessionregistry.containers.app;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.Interceptor;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.cdi.AroundAttempt;
import org.sessionregistry.cdi.SessionName;

/** Around attempts of which the second, after a redirect, begins on an event loop. */
@ApplicationScoped
@AroundAttempt
@SessionName("secured")
public class Attempts implements Interceptor {
  @Inject Stamp stamp;

  @Override
  public CompletionStage<Response> intercept(Request request, Next next) {
    return next.send(request.withHeader("X-Stamp", stamp.text()));
  }
}
