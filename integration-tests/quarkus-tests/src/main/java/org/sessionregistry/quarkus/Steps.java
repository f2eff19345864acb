package org.sessionregistry.quarkus;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.Interceptor;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.cdi.AroundAttempt;
import org.sessionregistry.cdi.SessionName;

/** Interceptors of every origin, each leaving its name in a header. */
final class Steps {
  private Steps() {}

  private static CompletionStage<Response> step(
      String name, Request request, Interceptor.Next next) {
    String before = request.headers().first("X-Steps").map(steps -> steps + " ").orElse("");
    return next.send(request.withHeader("X-Steps", before + name));
  }

  /** The outermost. */
  @Singleton
  @Priority(1)
  @SessionName(SessionName.EVERY)
  static class Outermost implements Interceptor {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return step("outermost", request, next);
    }
  }

  /** For two of the sessions. */
  @Dependent
  @SessionName("crm")
  @SessionName("reports")
  static class ForTwo implements Interceptor {
    @Override
    public CompletionStage<Response> intercept(Request request, Next next) {
      return step("two", request, next);
    }
  }

  /** By a producer. */
  @Dependent
  static class Producer {
    @Produces
    @Singleton
    @AroundAttempt
    @SessionName("reports")
    Interceptor attempts() {
      return (request, next) -> step("attempt", request, next);
    }
  }
}
