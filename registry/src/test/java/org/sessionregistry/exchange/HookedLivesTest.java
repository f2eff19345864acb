package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.Interceptor;
import org.sessionregistry.Request;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionListener;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;

/**
 * Random lives with retries, tokens, interceptors and listeners: every future is done once, every
 * exchange that began ends once for its listeners, and nothing is left. A failure names its seed.
 */
class HookedLivesTest {
  private static final int LIVES = 3000;

  @Test
  void everyExchangeEndsOnceAndLeavesNothing() {
    for (int seed = 0; seed < LIVES; seed++) {
      Life life = new Life(seed);
      try {
        life.live();
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ": " + life.steps, e);
      }
    }
  }

  private static final class Life implements SessionListener {
    private final Random random;
    private final World world;
    private final List<CompletableFuture<Response>> futures = new ArrayList<>();
    private final List<Response> responses = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final Map<ExchangeView, Integer> ends = new HashMap<>();
    private final List<String> steps = new ArrayList<>();
    private int completions;
    private boolean settling;

    Life(int seed) {
      random = new Random(seed);
      SessionHooks.Builder hooks = SessionHooks.builder().listener(this);
      if (random.nextBoolean()) {
        hooks.aroundExchange(this::intercept);
      }
      if (random.nextBoolean()) {
        hooks.aroundAttempt(this::intercept);
      }
      if (random.nextBoolean()) {
        hooks.tokens(this::token);
      }
      Duration limit = Duration.ofMillis(100);
      int retries = random.nextInt(3);
      world =
          World.with(
              s ->
                  s.pool(p -> p.withMaxConnections(random.nextInt(4)))
                      .raiseForStatus(random.nextInt(4) == 0)
                      .retries(r -> r.withMax(retries).withBackoff(some(limit)))
                      .timeout(
                          t ->
                              t.withTotal(some(limit.multipliedBy(9)))
                                  .withAttempt(some(limit.multipliedBy(3)))
                                  .withQueue(some(limit))
                                  .withResponse(some(limit))),
              hooks.build());
      world.dialer.opensAtOnce = random.nextBoolean();
    }

    private Duration some(Duration limit) {
      return random.nextBoolean() ? limit : Duration.ZERO;
    }

    // ---- the hooks ----------------------------------------------------------------------------

    private CompletionStage<Response> intercept(Request request, Interceptor.Next next) {
      switch (settling ? 9 : random.nextInt(10)) {
        case 0 -> throw new IllegalStateException("thrown");
        case 1 -> {
          return CompletableFuture.failedStage(new IllegalStateException("failed"));
        }
        case 2 -> {
          next.send(request);
          throw new IllegalStateException("thrown after it sent");
        }
        case 3 -> {
          return next.send(request)
              .thenCompose(
                  response -> {
                    response.close();
                    return next.send(request);
                  });
        }
        case 4 -> {
          return next.send(request).thenCompose(this::deferred);
        }
        case 5 -> {
          return deferred(request).thenCompose(next::send);
        }
        case 6 -> {
          return next.send(request)
              .thenCompose(response -> response.bytesAsync().thenApply(bytes -> response));
        }
        default -> {
          return next.send(request);
        }
      }
    }

    private <T> CompletableFuture<T> deferred(T value) {
      CompletableFuture<T> future = new CompletableFuture<>();
      later.add(() -> future.complete(value));
      return future;
    }

    private CompletionStage<String> token() {
      return switch (settling ? 9 : random.nextInt(10)) {
        case 0 -> throw new IllegalStateException("thrown");
        case 1 -> deferred("no token");
        case 2 -> CompletableFuture.failedStage(new IllegalStateException("failed"));
        case 3, 4, 5 -> deferred("t");
        default -> CompletableFuture.completedStage("t");
      };
    }

    @Override
    public void started(ExchangeView exchange) {
      assertThat(ends.put(exchange, 0)).isNull();
    }

    @Override
    public void succeeded(ExchangeView exchange) {
      ends.merge(exchange, 1, Integer::sum);
    }

    @Override
    public void failed(ExchangeView exchange, SessionException failure) {
      ends.merge(exchange, 1, Integer::sum);
    }

    @Override
    public void cancelled(ExchangeView exchange) {
      ends.merge(exchange, 1, Integer::sum);
    }

    // ---- the steps ----------------------------------------------------------------------------

    void live() {
      for (int i = 20 + random.nextInt(60); i > 0; i--) {
        step();
        assertThat(done()).isEqualTo(completions);
        assertThat(world.statistics().inFlight()).isNotNegative();
      }
      settle();
      assertThat(futures).allSatisfy(future -> assertThat(future).isDone());
      assertThat(done()).isEqualTo(completions);
      assertThat(ends.values()).as("ends of exchanges").allMatch(times -> times == 1);
      world.assertNothingIsLeft();
    }

    private long done() {
      return futures.stream().filter(CompletableFuture::isDone).count();
    }

    private void step() {
      switch (random.nextInt(10)) {
        case 0, 1 -> send();
        case 2 -> dial();
        case 3, 4, 5 -> wire();
        case 6 -> pass();
        case 7 -> cancelOrClose();
        default -> goOn();
      }
    }

    private void send() {
      steps.add("send");
      CompletableFuture<Response> future =
          world.send(world.request(random.nextInt(3) == 0 ? "POST" : "GET", "/"));
      futures.add(future);
      int use = random.nextInt(3);
      future.whenComplete(
          (response, failure) -> {
            completions++;
            if (response != null) {
              responses.add(response);
              if (use == 0) {
                response.bytesAsync();
              } else if (use == 1) {
                response.close();
              }
            }
          });
    }

    private void dial() {
      for (int i = 0; i < world.dialer.dials(); i++) {
        if (world.dialer.dial(i).isUndecided()) {
          boolean fails = random.nextInt(3) == 0;
          steps.add(fails ? "dial fails" : "dial opens");
          if (fails) {
            world.dialer.dial(i).fail(DialFailure.Kind.CONNECT_FAILED);
          } else {
            world.dialer.dial(i).open();
          }
          return;
        }
      }
    }

    private List<FakeConnection> busy() {
      List<FakeConnection> busy = new ArrayList<>();
      for (int i = 0; i < world.dialer.dials(); i++) {
        FakeConnection connection = world.dialer.connection(i);
        if (connection != null && connection.isBusy()) {
          busy.add(connection);
        }
      }
      return busy;
    }

    private void wire() {
      List<FakeConnection> busy = busy();
      if (busy.isEmpty()) {
        return;
      }
      FakeConnection connection = busy.get(random.nextInt(busy.size()));
      if (random.nextInt(8) == 0) {
        steps.add("closed");
        connection.finishClose();
      } else if (!connection.isSent()) {
        steps.add("sent");
        connection.sent();
      } else if (!connection.isHeadIn()) {
        int[] statuses = {200, 200, 302, 401, 404, 503};
        int status = statuses[random.nextInt(statuses.length)];
        steps.add("head " + status);
        connection.head(status, "Location", "/" + random.nextInt(3));
      } else if (random.nextBoolean()) {
        steps.add("data");
        connection.data("x");
      } else if (connection.isDiscarding() && random.nextInt(4) == 0) {
        steps.add("discarded");
        connection.fail(Kind.DISCARDED);
      } else {
        steps.add("end");
        connection.end();
      }
    }

    private void pass() {
      Duration time = Duration.ofMillis(random.nextInt(120));
      steps.add("pass " + time);
      world.holdsCallbacks = random.nextBoolean();
      world.time.advance(time);
    }

    private void cancelOrClose() {
      if (random.nextBoolean() && !futures.isEmpty()) {
        steps.add("cancel");
        futures.get(random.nextInt(futures.size())).cancel(true);
      } else if (!responses.isEmpty()) {
        steps.add("close");
        responses.get(random.nextInt(responses.size())).close();
      }
    }

    private void goOn() {
      world.holdsCallbacks = false;
      world.runCallbacks();
      if (!later.isEmpty()) {
        steps.add("go on");
        later.remove(random.nextInt(later.size())).run();
      }
    }

    /** Everybody who holds something up lets it go. */
    private void settle() {
      steps.add("settle");
      settling = true;
      world.dialer.opensAtOnce = true;
      for (int i = 0; i < 100; i++) {
        goOn();
        List<Runnable> held = List.copyOf(later);
        later.clear();
        held.forEach(Runnable::run);
        world.dialer.openAll();
        for (FakeConnection connection : busy()) {
          if (connection.isBusy() && !connection.isHeadIn()) {
            connection.sent().head(200);
          }
          if (connection.isBusy() && connection.isHeadIn()) {
            connection.end();
          }
        }
        world.time.advance(Duration.ofMillis(5));
        List.copyOf(responses).forEach(Response::close);
      }
    }
  }
}
