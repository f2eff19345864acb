package org.sessionregistry.connector;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.PoolWorld.Limits;
import org.sessionregistry.connector.PoolWorld.Request;
import org.sessionregistry.settings.Priority;

/**
 * Drives small pools through long random lives and checks every invariant after every step. The
 * limits, how eagerly sockets open and close, and what the requests do as soon as they hear are
 * random too. A failure names its seed and all steps that led to it.
 */
class PoolModelTest {
  private static final int LIVES = 8000;
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
  private static final List<Route> ROUTES = List.of(PoolFixture.A, PoolFixture.B, PoolFixture.C);

  @Test
  void everyInvariantHoldsAfterEveryStep() {
    for (int seed = 0; seed < LIVES; seed++) {
      Life life = new Life(seed);
      try {
        life.live();
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", " + life, e);
      }
    }
  }

  private static final class Life {
    private final Random random;
    private final PoolWorld world;
    private final List<String> trace = new ArrayList<>();
    private final int routes;
    private final int opensAtOnce;
    private final int failsAtOnce;
    private final int reacts;
    private final int steps;

    /** Looking refreshes what is stale, which some lives leave for longer. */
    private final int checksEvery;

    private int depth;

    Life(long seed) {
      random = new Random(seed);
      routes = 1 + random.nextInt(ROUTES.size());
      opensAtOnce = oneOf(0, 0, 20, 60);
      failsAtOnce = oneOf(0, 0, 10, 40);
      reacts = oneOf(0, 0, 20, 60);
      steps = 50 + random.nextInt(250);
      checksEvery = oneOf(1, 1, 1, 5);
      int queue = oneOf(-1, -1, -1, 0, 1, 3);
      int max = oneOf(0, 1, 1, 2, 3, 4);
      int maxPerHost = oneOf(0, 0, 1, 2);
      world =
          new PoolWorld(
              new Limits(
                  max,
                  max > 0 ? Math.min(max, maxPerHost) : maxPerHost,
                  queue < 0 ? OptionalInt.empty() : OptionalInt.of(queue),
                  random.nextInt(8) == 0 ? Duration.ZERO : KEEP_ALIVE,
                  oneOf(1, 1, 2, 3),
                  oneOf(1, 1, 2, 3),
                  max > 0 ? Math.min(max, oneOf(0, 0, 1, 2)) : oneOf(0, 0, 1, 2),
                  max > 1 ? oneOf(0, 0, 1) : 0,
                  oneOf(0, 0, 1, 2, 5)));
      world.dialer.finishesCloses = random.nextInt(3) == 0;
      world.dialer.finishesAborts = random.nextInt(3) == 0;
      world.dialer.atOnce(this::perhapsAtOnce);
    }

    private int oneOf(int... values) {
      return values[random.nextInt(values.length)];
    }

    private boolean percent(int chance) {
      return random.nextInt(100) < chance;
    }

    void live() {
      for (int i = 0; i < steps; i++) {
        step();
        world.look();
        if (i % checksEvery == 0) {
          world.check();
        }
      }
      if (random.nextBoolean()) {
        trace.add("settle");
        world.dialer.atOnce(dial -> {});
        world.settle();
      }
      trace.add("end");
      world.end();
    }

    private void perhapsAtOnce(FakeDial dial) {
      if (depth > 50) {
        return;
      }
      depth++;
      if (percent(opensAtOnce)) {
        trace.add(dial + " opens at once");
        open(dial);
      } else if (percent(failsAtOnce)) {
        trace.add(dial + " fails at once");
        world.fail(dial);
      }
      depth--;
    }

    private void step() {
      switch (random.nextInt(25)) {
        case 0, 1, 2, 3, 4, 5, 6 -> acquire();
        case 7, 8, 9, 10 -> dialEnds();
        case 11, 12 -> socketGoes();
        case 13, 14 -> cancel();
        case 15, 16, 17, 18, 19, 20 -> leaseEnds();
        case 21 -> timePasses();
        case 22 -> doesAgain();
        case 23 -> capacityChanges();
        default -> {
          if (percent(4) && !world.isClosed()) {
            trace.add("close");
            world.close();
          } else if (percent(10) && !world.isClosed()) {
            PoolMember member = world.members.get(random.nextInt(world.members.size()));
            if (!world.left.contains(member)) {
              trace.add(member + " leaves");
              world.leave(member);
            }
          } else if (percent(3)) {
            trace.add("close leased");
            world.closeLeased();
          }
        }
      }
    }

    private void acquire() {
      Request request =
          world
          .new Request(
              world.members.get(random.nextInt(world.members.size())),
              ROUTES.get(random.nextInt(routes)));
      request.priority = Priority.values()[random.nextInt(3)];
      boolean fresh = percent(15);
      if (percent(reacts)) {
        request.reaction = () -> react(request);
      }
      trace.add((fresh ? "begin fresh " : "begin ") + request);
      request.begin(fresh);
    }

    /** What a request does while the pool is still calling back. */
    private void react(Request request) {
      if (depth > 50) {
        return;
      }
      depth++;
      trace.add("reaction of " + request + (request.lease == null ? " refused" : " leased"));
      switch (random.nextInt(5)) {
        case 0 -> acquire();
        case 1 -> cancel();
        case 2 -> leaseEnds();
        default -> {
          if (request.holdsLease()) {
            end(request);
          }
        }
      }
      depth--;
    }

    private void dialEnds() {
      List<FakeDial> undecided = world.live.stream().filter(FakeDial::isUndecided).toList();
      if (undecided.isEmpty()) {
        return;
      }
      FakeDial dial = undecided.get(random.nextInt(undecided.size()));
      if (percent(70)) {
        trace.add(dial + " opens");
        open(dial);
      } else {
        trace.add(dial + " fails");
        world.fail(dial);
      }
    }

    /** Most have the capacity of the world; another is a surprise. */
    private void open(FakeDial dial) {
      world.open(dial, percent(80) ? world.limits.capacity() : 1 + random.nextInt(3));
    }

    /** The peer of a connection that multiplexes changes its mind, or goes away. */
    private void capacityChanges() {
      List<FakeConnection> open =
          world.live.stream()
              .filter(dial -> !dial.isUndecided())
              .map(FakeDial::connection)
              .filter(connection -> !connection.isGone())
              .toList();
      if (!open.isEmpty()) {
        FakeConnection connection = open.get(random.nextInt(open.size()));
        int capacity = connection.multiplexes() ? random.nextInt(4) : 0;
        trace.add(connection + " allows " + capacity);
        connection.allows(capacity);
      }
    }

    /** Sockets that the pool closes go more often than those that their peer closes. */
    private void socketGoes() {
      List<FakeConnection> open =
          world.live.stream()
              .filter(dial -> !dial.isUndecided())
              .map(FakeDial::connection)
              .filter(connection -> !connection.isGone())
              .filter(connection -> connection.isClosing() || percent(20))
              .toList();
      if (!open.isEmpty()) {
        FakeConnection connection = open.get(random.nextInt(open.size()));
        trace.add(connection + (connection.isClosing() ? " is gone" : " is closed by its peer"));
        connection.closeByPeer();
      }
    }

    private void cancel() {
      List<Request> waiting = world.requests.stream().filter(Request::isWaiting).toList();
      if (waiting.isEmpty()) {
        return;
      }
      Request request = waiting.get(random.nextInt(waiting.size()));
      if (percent(70)) {
        trace.add("cancel " + request);
        request.cancel();
      } else {
        trace.add("cancel if queued " + request);
        request.cancelIfQueued();
      }
    }

    private void leaseEnds() {
      List<Request> leased = world.requests.stream().filter(Request::holdsLease).toList();
      if (!leased.isEmpty()) {
        end(leased.get(random.nextInt(leased.size())));
      }
    }

    private void end(Request request) {
      long keepAliveNanos =
          percent(70)
              ? Long.MAX_VALUE
              : percent(50) ? 0 : 1 + random.nextInt((int) Duration.ofSeconds(2).toNanos());
      trace.add("release " + request + " for " + keepAliveNanos);
      request.release(keepAliveNanos);
    }

    private void timePasses() {
      Duration passing = percent(30) ? KEEP_ALIVE : Duration.ofMillis(random.nextInt(3000));
      trace.add(passing + " pass");
      world.time.advance(passing);
    }

    /** What has happened already and must do nothing now. */
    private void doesAgain() {
      if (world.requests.isEmpty()) {
        return;
      }
      Request request = world.requests.get(random.nextInt(world.requests.size()));
      if (request.released) {
        trace.add("release again " + request);
        request.release(random.nextBoolean() ? Long.MAX_VALUE : 0);
      } else if (request.waiter != null && !request.isWaiting()) {
        trace.add("cancel too late " + request);
        request.cancel();
      }
    }

    @Override
    public String toString() {
      return world.limits + ":\n  " + String.join("\n  ", trace);
    }
  }
}
