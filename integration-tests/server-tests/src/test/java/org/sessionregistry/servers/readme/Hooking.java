package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.FailedAttempt;
import org.sessionregistry.HttpStatusException;
import org.sessionregistry.Interceptor;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionListener;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.AuthSettings;
import org.sessionregistry.settings.SessionSettings;

/** The examples of docs/retries.md, docs/rate-limit.md, docs/credentials.md and docs/hooks.md. */
final class Hooking {
  static final Queue<String> LOG = new ConcurrentLinkedQueue<>();

  private Hooking() {}

  static SessionSettings retrying() {
    return
    // retrying
    SessionSettings.builder("catalog")
        .baseUrl("https://catalog.example")
        .retries(
            r ->
                r.withMax(3)
                    .withOnStatus(List.of(502, 503, 504))
                    .withBackoff(Duration.ofMillis(200)))
        .timeout(t -> t.withTotal(Duration.ofSeconds(20)).withAttempt(Duration.ofSeconds(5)))
        .build();
  }

  static String attempts(ClientSession catalog, Queue<String> log) throws Exception {
    // attempts
    try (Response response = catalog.get("/items").send()) {
      for (FailedAttempt failed : response.failedAttempts()) {
        log.add(failed.toString()); // 503, then 120 ms
      }
      return response.text();
    }
  }

  static SessionSettings limited() {
    return
    // limited
    SessionSettings.builder("maps")
        .baseUrl("https://maps.example")
        .rateLimit(100, Duration.ofMinutes(1))
        .build();
  }

  static SessionSettings digest(String password) {
    return
    // digest
    SessionSettings.builder("crm")
        .baseUrl("https://crm.example")
        .auth(AuthSettings.digest("ada", password))
        .build();
  }

  static SessionHooks tokens(ClientSession login, Map<String, String> client) {
    // tokens
    return SessionHooks.builder()
        .tokens(
            () -> login.post("/token").form(client).sendAsync().thenCompose(Response::textAsync))
        .build();
  }

  static String raised(ClientSession crm) throws IOException, InterruptedException {
    // raised
    try (Response response = crm.get("/customers/7").send()) {
      return response.raiseForStatus().text();
    } catch (HttpStatusException e) {
      return e.status() + " " + e.bodyStart(); // up to 8 KiB of what the server said
    }
  }

  static SessionRegistry hooked(
      SessionSettings settings, Interceptor signer, SessionListener listener) {
    // hooked
    SessionHooks hooks =
        SessionHooks.builder()
            .aroundExchange(Hooking::traced)
            .aroundAttempt(signer)
            .listener(listener)
            .build();
    return SessionRegistry.builder().session(settings).hooks("orders", hooks).build();
  }

  // interceptor
  static CompletionStage<Response> traced(Request request, Interceptor.Next next) {
    return next.send(request.withHeader("X-Trace", "t-1"))
        .thenApply(
            response -> {
              LOG.add(request.method() + " " + response.status());
              return response;
            });
  }

  static SessionListener listener(Queue<String> log) {
    // listener
    SessionListener listener =
        new SessionListener() {
          @Override
          public void retrying(ExchangeView exchange, FailedAttempt failed) {
            log.add(exchange.uri().getPath() + ": " + failed);
          }

          @Override
          public void failed(ExchangeView exchange, SessionException failure) {
            log.add(exchange.uri().getPath() + ": " + failure.kind());
          }
        };

    return listener;
  }
}
