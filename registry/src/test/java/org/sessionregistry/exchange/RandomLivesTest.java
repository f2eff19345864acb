package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.Response;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.settings.QueueSettings;

/**
 * Sessions that live through random steps: whatever peer, clock and application do, in whatever
 * order, every exchange ends once and leaves nothing behind. A failure names its seed.
 */
class RandomLivesTest {
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

  private static final class Life {
    private final Random random;
    private final World world;
    private final List<CompletableFuture<Response>> futures = new ArrayList<>();
    private final List<CompletableFuture<?>> bodies = new ArrayList<>();
    private final List<RecordingSubscriber> subscribers = new ArrayList<>();
    private final List<Response> responses = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private int completions;

    Life(int seed) {
      random = new Random(seed);
      Duration limit = Duration.ofMillis(100);
      world =
          World.with(
              s ->
                  s.pool(p -> p.withMaxConnections(random.nextInt(4)))
                      .queue(QueueSettings.ofMaxSize(random.nextInt(5)))
                      .timeout(
                          t ->
                              t.withTotal(some(limit.multipliedBy(9)))
                                  .withAttempt(some(limit.multipliedBy(5)))
                                  .withQueue(some(limit))
                                  .withWrite(some(limit))
                                  .withResponse(some(limit))
                                  .withRead(some(limit))));
      world.dialer.opensAtOnce = random.nextBoolean();
    }

    private Duration some(Duration limit) {
      return random.nextBoolean() ? limit : Duration.ZERO;
    }

    void live() {
      for (int i = 20 + random.nextInt(100); i > 0; i--) {
        step();
        check();
      }
      settle();
      check();
      assertThat(futures).allSatisfy(future -> assertThat(future).isDone());
      assertThat(completions).isEqualTo(futures.size());
      assertThat(bodies).allSatisfy(body -> assertThat(body).isDone());
      assertThat(subscribers).allSatisfy(one -> assertThat(one.ends).isLessThanOrEqualTo(1));
      world.assertNothingIsLeft();
    }

    private void step() {
      switch (random.nextInt(12)) {
        case 0, 1 -> send();
        case 2 -> dial();
        case 3, 4, 5, 6 -> wire();
        case 7 -> pass();
        case 8 -> cancel();
        case 9 -> close();
        case 10 -> demand();
        default -> callbacks();
      }
    }

    private void send() {
      steps.add("send");
      RequestBuilder request = world.request(random.nextBoolean() ? "GET" : "POST", "/");
      if (random.nextInt(4) == 0) {
        request.timeout(Duration.ofMillis(50));
      }
      CompletableFuture<Response> future = world.send(request);
      futures.add(future);
      int use = random.nextInt(4);
      future.whenComplete(
          (response, failure) -> {
            completions++;
            if (response != null) {
              use(response, use);
            }
          });
    }

    private void use(Response response, int use) {
      responses.add(response);
      if (use == 0) {
        bodies.add(response.bytesAsync());
      } else if (use == 1) {
        RecordingSubscriber subscriber = new RecordingSubscriber();
        subscribers.add(subscriber);
        response.body().subscribe(subscriber);
      } else if (use == 2) {
        response.close();
      }
    }

    private void dial() {
      List<FakeDialer.FakeDial> undecided = new ArrayList<>();
      for (int i = 0; i < world.dialer.dials(); i++) {
        if (world.dialer.dial(i).isUndecided()) {
          undecided.add(world.dialer.dial(i));
        }
      }
      if (!undecided.isEmpty()) {
        FakeDialer.FakeDial dial = undecided.get(random.nextInt(undecided.size()));
        if (random.nextInt(4) == 0) {
          steps.add("dial fails");
          dial.fail(DialFailure.Kind.CONNECT_FAILED);
        } else {
          steps.add("dial opens");
          dial.open().closesLater = random.nextInt(3) == 0;
        }
      }
    }

    private void wire() {
      List<FakeConnection> open = open();
      if (open.isEmpty()) {
        return;
      }
      FakeConnection connection = open.get(random.nextInt(open.size()));
      if (random.nextInt(10) == 0) {
        steps.add("closed");
        connection.finishClose();
      } else if (connection.isBusy()) {
        event(connection);
      }
    }

    private void event(FakeConnection connection) {
      int event = random.nextInt(10);
      if (!connection.isSent() && event < 6) {
        steps.add("sent");
        connection.written(1).sent();
      } else if (!connection.isHeadIn()) {
        steps.add("head");
        if (random.nextBoolean()) {
          connection.head(200);
        } else {
          connection.headAndMore(200);
        }
      } else if (event < 4) {
        steps.add("data");
        connection.data("x");
        if (event == 0) {
          connection.readComplete();
        }
      } else if (event < 8) {
        steps.add("end");
        connection.end(random.nextInt(4) == 0 ? 0 : Long.MAX_VALUE);
      } else {
        steps.add("fail");
        connection.fail(connection.isDiscarding() ? Kind.DISCARDED : Kind.INVALID);
      }
    }

    private List<FakeConnection> open() {
      List<FakeConnection> open = new ArrayList<>();
      for (int i = 0; i < world.dialer.dials(); i++) {
        FakeConnection connection = world.dialer.connection(i);
        if (connection != null && !connection.closed) {
          open.add(connection);
        }
      }
      return open;
    }

    private void pass() {
      Duration time = Duration.ofMillis(random.nextInt(120));
      steps.add("pass " + time);
      world.holdsCallbacks = random.nextBoolean();
      world.time.advance(time);
    }

    private void cancel() {
      if (!futures.isEmpty()) {
        steps.add("cancel");
        futures.get(random.nextInt(futures.size())).cancel(true);
      }
    }

    private void close() {
      if (!responses.isEmpty()) {
        steps.add("close");
        responses.get(random.nextInt(responses.size())).close();
      }
    }

    private void demand() {
      if (!subscribers.isEmpty()) {
        steps.add("demand");
        RecordingSubscriber one = subscribers.get(random.nextInt(subscribers.size()));
        if (random.nextInt(10) == 0) {
          one.subscription.cancel();
        } else {
          one.subscription.request(1 + random.nextInt(2));
        }
      }
    }

    private void callbacks() {
      steps.add("callbacks");
      world.holdsCallbacks = false;
      world.runCallbacks();
    }

    private void check() {
      SessionStatistics now = world.statistics();
      assertThat(now.inFlight()).isNotNegative();
      assertThat(now.requests())
          .isEqualTo(now.inFlight() + now.succeeded() + now.failed() + now.cancelled())
          .isEqualTo(futures.size());
      assertThat(world.pool().inUse()).isLessThanOrEqualTo((int) now.inFlight() + closing());
      assertThat(futures.stream().filter(CompletableFuture::isDone).count()).isEqualTo(completions);
    }

    /** Connections that were told to close and have not, which exchanges have left already. */
    private int closing() {
      return (int) open().stream().filter(connection -> connection.closesLater).count();
    }

    /** The peer and the network end everything that is still under way. */
    private void settle() {
      steps.add("settle");
      callbacks();
      world.dialer.opensAtOnce = true;
      for (int i = 0; i < 200; i++) {
        for (int d = 0; d < world.dialer.dials(); d++) {
          if (world.dialer.dial(d).isUndecided()) {
            world.dialer.dial(d).open();
          }
        }
        for (FakeConnection connection : open()) {
          if (connection.closesLater) {
            connection.finishClose();
          } else if (connection.isBusy()) {
            if (!connection.isHeadIn()) {
              connection.head(200);
            }
            connection.end();
          }
        }
      }
      world.callbacks.clear();
    }
  }
}
