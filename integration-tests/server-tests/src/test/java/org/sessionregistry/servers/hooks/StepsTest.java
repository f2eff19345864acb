package org.sessionregistry.servers.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionTimes;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.FailedAttempt;
import org.sessionregistry.Headers;
import org.sessionregistry.Redirect;
import org.sessionregistry.Response;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionListener;
import org.sessionregistry.servers.hooks.Behaviour.Answer;
import org.sessionregistry.settings.HttpVersionPreference;

/** Listeners and interceptors on real connections. */
class StepsTest {
  @RegisterExtension final HooksWorld world = new HooksWorld();

  @ParameterizedTest
  @MethodSource("org.sessionregistry.servers.hooks.CredentialsTest#ways")
  void everyStepIsHeardAndEveryAttemptIsSigned(Peer.Make make, HttpVersionPreference version)
      throws Exception {
    AtomicInteger calls = new AtomicInteger();
    Peer peer =
        world.peer(
            make,
            Guard.NONE,
            call ->
                switch (calls.incrementAndGet()) {
                  case 1 -> new Answer(302, Map.of("Location", "/there"), "");
                  case 2 -> new Answer(503, Map.of("Retry-After", "0"), "");
                  default -> Answer.ok("done " + call.path() + " " + call.authorization());
                });
    Queue<String> heard = new ConcurrentLinkedQueue<>();
    ClientSession session =
        world.session(
            "s",
            peer,
            version,
            s -> s.retries(r -> r.withMax(1).withBackoff(Duration.ofMillis(1))),
            SessionHooks.builder()
                .listener(new Steps(heard))
                .aroundAttempt(
                    (request, next) -> next.send(request.withHeader("Authorization", "Signed x")))
                .build());
    try (Response response = session.get("/here").send()) {
      assertThat(response.text()).isEqualTo("done /there Signed x");
    }
    Until.is("the end is heard", () -> heard.contains("succeeded"));
    assertThat(peer.calls)
        .extracting(Behaviour.Call::authorization)
        .containsExactlyElementsOf(List.of("Signed x", "Signed x", "Signed x"));
    assertThat(heard)
        .filteredOn(step -> !step.matches("leased.*|at .*|released"))
        .containsExactly(
            "started", "302", "redirected /here", "503", "retrying 503", "200", "succeeded");
    assertThat(heard).filteredOn(step -> step.startsWith("leased")).hasSize(3).contains("leased");
    assertThat(heard).filteredOn("released"::equals).hasSize(3);
    assertThat(heard)
        .filteredOn(step -> step.startsWith("at "))
        .hasSize(3)
        .containsOnly("at " + URI.create(peer.origin()).getPort());
  }

  private record Steps(Queue<String> heard) implements SessionListener {
    @Override
    public void started(ExchangeView exchange) {
      heard.add("started");
    }

    @Override
    public void leased(ExchangeView exchange, ConnectionTimes connection) {
      heard.add(connection.reused() ? "leased again" : "leased");
      connection.peer().ifPresent(peer -> heard.add("at " + peer.getPort()));
    }

    @Override
    public void responded(ExchangeView exchange, int status, Headers headers) {
      heard.add(Integer.toString(status));
    }

    @Override
    public void redirected(ExchangeView exchange, Redirect redirect) {
      heard.add("redirected " + redirect.uri().getPath());
    }

    @Override
    public void retrying(ExchangeView exchange, FailedAttempt failed) {
      heard.add("retrying " + failed.status().orElse(0));
    }

    @Override
    public void released(ExchangeView exchange, boolean reusable) {
      heard.add("released");
    }

    @Override
    public void succeeded(ExchangeView exchange) {
      heard.add("succeeded");
    }
  }
}
