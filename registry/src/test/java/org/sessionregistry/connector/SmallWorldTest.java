package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.connector.PoolWorld.Limits;
import org.sessionregistry.connector.PoolWorld.Request;
import org.sessionregistry.settings.Priority;

/**
 * Visits every state that a small world can reach, whatever the order of events: each request goes
 * to any route and may want a fresh connection, each dial opens or fails, each socket goes, each
 * waiter leaves, each lease ends well or badly, and the pool closes, at every possible moment. In
 * each state all invariants hold, and from each state everything can come to a good end.
 *
 * <p>Events cannot be undone, so every step replays its path from the beginning; a state that was
 * seen before is not entered again.
 */
class SmallWorldTest {
  private static final List<Route> ROUTES = List.of(PoolFixture.A, PoolFixture.B);

  private final Set<String> seen = new HashSet<>();
  private Limits limits;
  private int routes;
  private int requests;

  /** Something that can happen in a state of the world. */
  private record Event(String name, Runnable action) {}

  /** The last four: streams of a connection, members, what each may hold, reserved for high. */
  @ParameterizedTest(
      name = "{0} requests, {1} routes, limit {2}, per host {3}, queue {4}, {5} {6} {7} {8}")
  @CsvSource({
    "4, 1, 1, 0, -1, 1, 1, 0, 0",
    "4, 1, 2, 0, -1, 1, 1, 0, 0",
    "4, 1, 0, 1, -1, 1, 1, 0, 0",
    "4, 2, 1, 0, -1, 1, 1, 0, 0",
    "4, 2, 2, 0, -1, 1, 1, 0, 0",
    "4, 2, 2, 1, -1, 1, 1, 0, 0",
    "3, 2, 3, 2, -1, 1, 1, 0, 0",
    "4, 2, 0, 1, -1, 1, 1, 0, 0",
    "4, 2, 1, 0,  0, 1, 1, 0, 0",
    "4, 2, 2, 1,  1, 1, 1, 0, 0",
    "4, 1, 1, 0, -1, 2, 1, 0, 0",
    "3, 1, 2, 0, -1, 2, 1, 0, 0",
    "3, 2, 1, 0, -1, 2, 1, 0, 0",
    "3, 2, 2, 1,  0, 2, 1, 0, 0",
    "3, 1, 1, 0, -1, 1, 2, 0, 0",
    "3, 1, 2, 0, -1, 1, 2, 1, 0",
    "3, 1, 1, 0, -1, 2, 3, 0, 0",
    "3, 1, 2, 0, -1, 1, 1, 0, 1",
    "3, 1, 2, 0, -1, 2, 1, 0, 1",
  })
  void everyReachableStateIsSound(
      int requests,
      int routes,
      int max,
      int maxPerHost,
      int maxQueue,
      int capacity,
      int members,
      int maxPerMember,
      int reservedHigh) {
    this.requests = requests;
    this.routes = routes;
    limits =
        new Limits(
            max,
            maxPerHost,
            maxQueue < 0 ? OptionalInt.empty() : OptionalInt.of(maxQueue),
            Duration.ofSeconds(10),
            capacity,
            members,
            maxPerMember,
            reservedHigh,
            0);
    explore(new ArrayList<>());

    assertThat(seen).hasSizeGreaterThan(100);
  }

  private void explore(List<Integer> path) {
    List<String> trace = new ArrayList<>();
    int next;
    try {
      PoolWorld world = replay(path, trace);
      if (!seen.add(fingerprint(world))) {
        return;
      }
      next = events(world).size();
      trace.add("settle");
      world.settle();
      trace.add("end");
      world.end();
    } catch (RuntimeException | Error e) {
      throw new AssertionError(limits + ":\n  " + String.join("\n  ", trace), e);
    }
    for (int event = 0; event < next; event++) {
      path.add(event);
      explore(path);
      path.remove(path.size() - 1);
    }
  }

  private PoolWorld replay(List<Integer> path, List<String> trace) {
    PoolWorld world = new PoolWorld(limits);
    world.dialer.endsLater();
    for (int choice : path) {
      Event event = events(world).get(choice);
      trace.add(event.name);
      event.action.run();
      world.check();
    }
    return world;
  }

  /** What can happen now. */
  private List<Event> events(PoolWorld world) {
    List<Event> events = new ArrayList<>();
    if (world.requests.size() < requests) {
      for (PoolMember member : world.members) {
        for (Route route : ROUTES.subList(0, routes)) {
          Request request = world.new Request(member, route);
          events.add(new Event("begin " + request, () -> request.begin(false)));
          if (limits.members() == 1) {
            events.add(new Event("begin fresh " + request, () -> request.begin(true)));
          }
          if (limits.reservedHigh() > 0) {
            events.add(
                new Event(
                    "begin high " + request,
                    () -> {
                      request.priority = Priority.HIGH;
                      request.begin(false);
                    }));
          }
        }
      }
    }
    for (FakeDial dial : world.live) {
      if (dial.isUndecided()) {
        events.add(new Event(dial + " opens", () -> world.open(dial)));
        if (limits.capacity() > 1) {
          events.add(new Event(dial + " opens for one", () -> world.open(dial, 1)));
        }
        events.add(new Event(dial + " fails", () -> world.fail(dial)));
      } else {
        events.add(new Event(dial + " is gone", dial.connection()::closeByPeer));
        if (limits.capacity() > 1 && !PoolInspector.pooled(dial).retired) {
          events.add(new Event(dial + " goes away", () -> dial.connection().allows(0)));
        }
      }
    }
    for (Request request : world.requests) {
      if (request.isWaiting()) {
        events.add(new Event("cancel " + request, request::cancel));
      } else if (request.holdsLease()) {
        events.add(new Event("release " + request, () -> request.release(Long.MAX_VALUE)));
        events.add(new Event("discard " + request, () -> request.release(0)));
      }
    }
    if (world.isClosed()) {
      events.add(new Event("close leased", world::closeLeased));
    } else {
      events.add(new Event("close", world::close));
      for (PoolMember member : world.members) {
        if (world.members.size() > 1 && !world.left.contains(member)) {
          events.add(new Event(member + " leaves", () -> world.leave(member)));
        }
      }
    }
    return events;
  }

  /**
   * What decides all that can happen from here on. Connections are named by their order, requests
   * by their number as long as they matter.
   */
  private String fingerprint(PoolWorld world) {
    StringBuilder print = new StringBuilder();
    print.append(world.isClosed()).append(requests - world.requests.size()).append(world.left);
    world.pool.lock.lock();
    try {
      world.members.forEach(member -> print.append(lead(world, member)).append(','));
      world.pool.connections.shelves.idle.forEach(
          pooled -> print.append('i').append(index(world, pooled)));
      world.pool.connections.shelves.surplus.forEach(
          pooled -> print.append('s').append(index(world, pooled)));
    } finally {
      world.pool.lock.unlock();
    }
    for (FakeDial dial : world.live) {
      PooledConnection pooled = PoolInspector.pooled(dial);
      print.append('|').append(dial.route.host()).append(pooled.state()).append(pooled.uses > 0);
      print.append(dial.isUndecided()).append(pooled.capacity).append(pooled.retired);
      print.append(pooled.route.capacity).append(pooled.route.table.terms);
      PooledConnection successor = pooled.successor;
      if (successor != null) {
        print.append('>').append(successor.route.route.host()).append(waiter(world, successor));
      }
      print.append(waiter(world, pooled));
    }
    for (Request request : world.requests) {
      if (request.isWaiting()) {
        print.append(';').append(request.route.host()).append(request.waiter.state);
        print.append(request.member).append(request.priority);
      } else if (request.holdsLease()) {
        FakeDial dial = dial(world, request);
        print.append(";leased").append(dial == null ? -1 : world.live.indexOf(dial));
        print.append(request.member).append(request.priority).append(request.cutOff);
      }
    }
    return print.toString();
  }

  private static int index(PoolWorld world, PooledConnection pooled) {
    for (int i = 0; i < world.live.size(); i++) {
      if (world.live.get(i).listener == pooled) {
        return i;
      }
    }
    return -1;
  }

  /** The ranks, among the waiting, of the requests that a connection is being opened for. */
  private static String waiter(PoolWorld world, PooledConnection pooled) {
    StringBuilder ranks = new StringBuilder("w");
    int rank = 0;
    for (Request request : world.requests) {
      if (request.isWaiting()) {
        if (request.waiter.opening == pooled) {
          ranks.append(rank).append('.');
        }
        rank++;
      }
    }
    return ranks.toString();
  }

  /** How many turns a member has had more than one that would come now. */
  @SuppressWarnings("GuardedBy") // nothing else is running
  private static long lead(PoolWorld world, PoolMember member) {
    return Math.max(0, member.turnsHad - world.pool.queue.presentTurn);
  }

  private static FakeDial dial(PoolWorld world, Request request) {
    for (FakeDial dial : world.live) {
      if (dial.connection() == request.lease.connection()) {
        return dial;
      }
    }
    return null;
  }
}
