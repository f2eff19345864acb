package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.connection;
import static org.sessionregistry.connector.PoolFixture.free;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.sessionregistry.settings.QueueSettings;

/** Pools that have no more than two connections together, whatever each of them may have. */
class BudgetTest {
  private final Neighbours world = new Neighbours(2);
  private final Neighbours.Member one = world.alone("one", 10);
  private final Neighbours.Member two = world.alone("two", 10);

  // ---- the limit ------------------------------------------------------------------------------

  @Test
  void allPoolsTogetherOpenNoMore() {
    one.openLease(A);
    two.openLease(A);

    RecordingReceiver third = one.request(A);
    RecordingReceiver fourth = two.request(A);

    assertThat(world.dialer.dials()).hasSize(2);
    assertThat(third.heard()).isEmpty();
    assertThat(fourth.heard()).isEmpty();
    assertThat(one.now().waiting()).isOne();
  }

  @Test
  void whatIsBeingOpenedCounts() {
    one.requests(2, A);

    two.request(A);

    assertThat(world.dialer.dials()).hasSize(2);
  }

  @Test
  void whatIsBeingClosedCountsUntilItsSocketIsGone() {
    one.openLease(A);
    Lease closing = one.openLease(A);
    world.dialer.endsLater();
    RecordingReceiver waits = two.request(A);

    closing.discard();
    assertThat(world.dialer.dials()).hasSize(2);

    connection(closing).finishClose();
    world.dialer.last().open();
    assertThat(waits.hasLease()).isTrue();
    assertThat(world.dialer.sockets.peak()).isEqualTo(2);
  }

  @Test
  void aFailedOpeningMakesRoom() {
    one.requests(2, A);
    RecordingReceiver waits = two.request(A);

    world.dialer.dial(0).fail(Dialer.DialFailure.Kind.CONNECT_FAILED);
    world.dialer.last().open();

    assertThat(waits.hasLease()).isTrue();
  }

  @Test
  void aConnectionThatTheServerClosesMakesRoom() {
    FakeConnection lost = connection(one.openLease(A));
    one.openLease(A);
    RecordingReceiver waits = two.request(A);

    lost.closeByPeer();
    world.dialer.last().open();

    assertThat(waits.hasLease()).isTrue();
  }

  @Test
  void withoutABudgetPoolsDoNotKnowOfEachOther() {
    Neighbours free = Neighbours.withoutBudget();
    free.alone("one", 10).requests(10, A);
    free.alone("two", 10).requests(10, A);

    assertThat(free.dialer.dials()).hasSize(20);
  }

  @Test
  void connectionsAreOpenedInAdvanceOnlyWithinIt() {
    one.place.warmUp(A, 5);

    assertThat(world.dialer.dials()).hasSize(2);
  }

  // ---- idle connections -----------------------------------------------------------------------

  @Test
  void anIdleConnectionOfTheOtherPoolIsGivenUp() {
    FakeConnection idle = one.idle(A);
    one.openLease(A);

    RecordingReceiver next = two.request(A);
    world.dialer.last().open();

    assertThat(idle.isGone()).isTrue();
    assertThat(next.hasLease()).isTrue();
    assertThat(world.dialer.sockets.peak()).isEqualTo(2);
  }

  @Test
  void anIdleConnectionOfAnotherRouteOfItsOwnIsGivenUpFirst() {
    FakeConnection ofTheOther = one.idle(A);
    FakeConnection own = two.idle(B);

    two.request(A);

    assertThat(own.isGone()).isTrue();
    assertThat(ofTheOther.isGone()).isFalse();
  }

  @Test
  void noMoreIdleConnectionsAreGivenUpThanAreNeeded() {
    Lease first = one.openLease(A);
    Lease second = one.openLease(A);
    free(first);
    free(second);

    RecordingReceiver next = two.request(A);
    world.dialer.last().open();

    assertThat(next.hasLease()).isTrue();
    assertThat(one.now().idle()).isOne();
  }

  @Test
  void aPoolThatNeedsSeveralGetsThemOneAfterTheOther() {
    Lease first = one.openLease(A);
    Lease second = one.openLease(A);
    free(first);
    free(second);

    List<RecordingReceiver> next = two.requests(2, A);
    world.dialer.dial(2).open();
    world.dialer.dial(3).open();

    assertThat(next).allMatch(RecordingReceiver::hasLease);
  }

  @Test
  void aPoolThatReplacesAConnectionWithinTheBudgetTakesNoneOfTheOthers() {
    Neighbours.Member small = world.alone("small", 1);
    FakeConnection idle = one.idle(A);
    Lease lease = small.openLease(A);
    RecordingReceiver waits = small.request(A);

    lease.discard();
    world.dialer.last().open();

    assertThat(waits.hasLease()).isTrue();
    assertThat(idle.isGone()).isFalse();
  }

  @Test
  void aConnectionThatIsFreedIsNotKeptIdleWhileAnotherPoolNeedsOne() {
    Lease lease = one.openLease(A);
    one.openLease(A);
    RecordingReceiver waits = two.request(A);

    free(lease);
    world.dialer.last().open();

    assertThat(connection(lease).isGone()).isTrue();
    assertThat(waits.hasLease()).isTrue();
  }

  @Test
  void anOpeningThatNobodyNeedsIsGivenUpForTheOtherPool() {
    one.openLease(A);
    one.request(A).waiter().cancel();

    RecordingReceiver next = two.request(A);
    world.dialer.last().open();

    assertThat(world.dialer.dial(1).isAborted()).isTrue();
    assertThat(next.hasLease()).isTrue();
  }

  // ---- turns ----------------------------------------------------------------------------------

  @Test
  void thePoolThatWaitedLongestIsFirst() {
    Neighbours.Member three = world.alone("three", 10);
    Lease first = one.openLease(A);
    Lease second = one.openLease(A);
    RecordingReceiver earlier = three.request(A);
    RecordingReceiver later = two.request(A);

    first.discard();
    world.dialer.last().open();
    assertThat(earlier.hasLease()).isTrue();
    assertThat(later.heard()).isEmpty();

    second.discard();
    world.dialer.last().open();
    assertThat(later.hasLease()).isTrue();
  }

  @Test
  void poolsThatNeedMoreThanOneTakeTurns() {
    List<Lease> leases = new ArrayList<>(List.of(one.openLease(A), one.openLease(A)));
    Neighbours.Member three = world.alone("three", 10);
    List<RecordingReceiver> ofTwo = two.requests(10, A);
    List<RecordingReceiver> ofThree = three.requests(10, A);
    for (int i = 0; i < 10; i++) {
      leases.remove(0).discard();
      world.dialer.last().open();
      ofTwo.stream().filter(RecordingReceiver::hasLease).forEach(r -> add(leases, r.lease()));
      ofThree.stream().filter(RecordingReceiver::hasLease).forEach(r -> add(leases, r.lease()));
    }

    assertThat(ofTwo).filteredOn(RecordingReceiver::hasLease).hasSize(5);
    assertThat(ofThree).filteredOn(RecordingReceiver::hasLease).hasSize(5);
  }

  private static void add(List<Lease> leases, Lease lease) {
    if (!leases.contains(lease) && !connection(lease).isGone()) {
      leases.add(lease);
    }
  }

  @Test
  void aBusyPoolYieldsAConnectionAfterItWasPreferredOftenEnough() {
    one.openLease(A);
    Lease lease = one.openLease(A);
    List<RecordingReceiver> busy = one.requests(100, A);
    RecordingReceiver waits = two.request(A);
    int served = 0;
    while (!connection(lease).isGone()) {
      free(lease);
      if (busy.get(served).hasLease()) {
        lease = busy.get(served++).lease();
      }
    }
    world.dialer.last().open();

    assertThat(waits.hasLease()).isTrue();
    assertThat(served).isEqualTo(ConnectionPool.MAX_PASSED_OVER);
    assertThat(busy.get(served).heard()).isEmpty();
  }

  @Test
  void aBusyConnectionOfManyStreamsIsYieldedToo() {
    one.openLease(A);
    RecordingReceiver first = one.request(A);
    world.dialer.last().open(2);
    FakeConnection shared = connection(first.lease());
    Lease lease = first.lease();
    one.request(A);
    List<RecordingReceiver> busy = one.requests(100, A);
    RecordingReceiver waits = two.request(A);
    int served = 0;
    while (served < 50 && connection(lease) == shared && !shared.isGone()) {
      free(lease);
      if (!busy.get(served).hasLease()) {
        break;
      }
      lease = busy.get(served++).lease();
    }

    assertThat(served).isEqualTo(ConnectionPool.MAX_PASSED_OVER);
    assertThat(waits.heard()).isEmpty();
  }

  // ---- pools that end -------------------------------------------------------------------------

  @Test
  void aPoolThatIsClosedGivesEverythingBack() {
    one.idle(A);
    one.request(B);
    Neighbours.Member three = world.alone("three", 10);
    one.leave();

    two.openLease(A);
    three.openLease(A);

    assertThat(one.left).isOne();
    assertThat(world.dialer.sockets.peak()).isEqualTo(2);
  }

  @Test
  void thoseThatWaitAreServedByWhatAClosedPoolGivesBack() {
    Lease lease = one.openLease(A);
    one.openLease(A);
    RecordingReceiver waits = two.request(A);
    one.leave();

    free(lease);
    world.dialer.last().open();

    assertThat(waits.hasLease()).isTrue();
  }

  @Test
  void aPoolThatIsClosedWhileItWaitsHoldsNobodyUp() {
    Neighbours.Member three = world.alone("three", 10);
    Lease lease = one.openLease(A);
    one.openLease(A);
    two.request(A);
    RecordingReceiver next = three.request(A);
    two.leave();

    lease.discard();
    world.dialer.last().open();

    assertThat(next.hasLease()).isTrue();
    assertThat(two.left).isOne();
  }

  @Test
  void whoLeavesTheQueueHoldsNobodyUp() {
    Neighbours.Member three = world.alone("three", 10);
    Lease lease = one.openLease(A);
    one.openLease(A);
    RecordingReceiver gone = two.request(A);
    RecordingReceiver next = three.request(A);
    gone.waiter().cancel();

    lease.discard();
    world.dialer.last().open();

    assertThat(next.hasLease()).isTrue();
  }

  @Test
  void aClosedPoolThatIsJoinedAgainIsWithinTheBudget() {
    ConnectionPool pool = world.pool(Neighbours.max(10));
    Neighbours.Member before = world.join(pool, "before");
    before.idle(A);
    before.leave();
    Neighbours.Member after = world.join(pool, "after");

    FakeConnection idle = after.idle(A);
    one.openLease(A);
    two.request(A);

    assertThat(idle.isGone()).isTrue();
    assertThat(world.dialer.sockets.peak()).isEqualTo(2);
  }

  // ---- without waiting ------------------------------------------------------------------------

  @Test
  void whoMayNotWaitIsRefusedWhenEverythingIsInUse() {
    Neighbours.Member hasty =
        world.join(world.pool(Neighbours.max(10), QueueSettings.ofMaxSize(0)), "hasty");
    one.openLease(A);
    Lease lease = one.openLease(A);

    assertThat(hasty.request(A).refusal())
        .isInstanceOfSatisfying(
            Refusal.QueueFull.class,
            full -> assertThat(full.bound()).isEqualTo(Refusal.Bound.BUDGET));

    lease.discard();
    assertThat(hasty.request(A).heard()).isEmpty();
  }

  // ---- by chance ------------------------------------------------------------------------------

  /** Never too many, and nobody is forgotten when everything has come to its end. */
  @Test
  void whateverHappensTheBudgetHoldsAndEveryoneIsServed() {
    for (int seed = 0; seed < 1500; seed++) {
      new BudgetLife(seed).live();
    }
  }

  private static final class BudgetLife {
    private final Random random;
    private final int budget;
    private final Neighbours world;
    private final List<Neighbours.Member> members = new ArrayList<>();
    private final List<RecordingReceiver> requests = new ArrayList<>();
    private final String name;

    BudgetLife(long seed) {
      name = "seed " + seed;
      random = new Random(seed);
      budget = 1 + random.nextInt(4);
      world = new Neighbours(budget);
      world.dialer.finishesCloses = random.nextBoolean();
      world.dialer.finishesAborts = random.nextBoolean();
      for (int i = 0; i < 3; i++) {
        ConnectionPool pool = world.pool(Neighbours.max(1 + random.nextInt(4)));
        for (int m = random.nextInt(2); m >= 0; m--) {
          members.add(world.join(pool, "member " + m + " of " + i, random.nextInt(2)));
        }
      }
    }

    void live() {
      for (int step = 0; step < 120; step++) {
        step();
        assertThat(world.dialer.sockets.peak()).as(name).isLessThanOrEqualTo(budget);
      }
      while (somethingEnds()) {
        assertThat(world.dialer.sockets.peak()).as(name).isLessThanOrEqualTo(budget);
      }
      assertThat(requests).as(name).noneMatch(BudgetLife::waits);
      members.forEach(Neighbours.Member::leave);
      while (somethingEnds()) {
        assertThat(world.dialer.sockets.peak()).as(name).isLessThanOrEqualTo(budget);
      }
      assertThat(members).as(name).allMatch(member -> member.left == 1);
      assertThat(world.dialer.sockets.open()).as(name).isZero();
    }

    private static boolean waits(RecordingReceiver request) {
      return request.waiter() != null
          && (request.waiter().state == Waiter.State.QUEUED
              || request.waiter().state == Waiter.State.EXPECTING);
    }

    private void step() {
      switch (random.nextInt(6)) {
        case 0, 1 ->
            requests.add(
                members.get(random.nextInt(members.size())).request(random.nextBoolean() ? A : B));
        case 2 -> oneOf(requests.stream().filter(BudgetLife::waits).toList(), r -> cancels(r));
        case 3 -> oneOf(undecided(), this::decide);
        case 4 -> oneOf(closing(), FakeConnection::finishClose);
        default ->
            oneOf(requests.stream().filter(RecordingReceiver::hasLease).toList(), r -> ends(r));
      }
    }

    private void cancels(RecordingReceiver request) {
      if (random.nextInt(3) == 0) {
        request.waiter().cancel();
      }
    }

    private void ends(RecordingReceiver request) {
      if (random.nextInt(4) == 0) {
        request.lease().discard();
      } else {
        free(request.lease());
      }
    }

    private void decide(FakeDial dial) {
      if (dial.isAborted()) {
        dial.finishAbort();
      } else if (random.nextInt(8) == 0) {
        dial.fail(Dialer.DialFailure.Kind.CONNECT_FAILED);
      } else {
        dial.open(1 + random.nextInt(3));
      }
    }

    private List<FakeDial> undecided() {
      return world.dialer.dials().stream().filter(FakeDial::isUndecided).toList();
    }

    private List<FakeConnection> closing() {
      return world.dialer.dials().stream()
          .map(FakeDial::connection)
          .filter(connection -> connection != null && connection.isClosing())
          .toList();
    }

    private <T> void oneOf(List<T> all, Consumer<T> action) {
      if (!all.isEmpty()) {
        action.accept(all.get(random.nextInt(all.size())));
      }
    }

    private boolean somethingEnds() {
      List<FakeDial> undecided = undecided();
      List<FakeConnection> closing = closing();
      List<RecordingReceiver> holding =
          requests.stream()
              .filter(request -> request.hasLease() && request.lease().index >= 0)
              .toList();
      undecided.forEach(
          dial -> {
            if (dial.isUndecided()) {
              decide(dial);
            }
          });
      closing.forEach(
          connection -> {
            if (connection.isClosing()) {
              connection.finishClose();
            }
          });
      holding.forEach(request -> free(request.lease()));
      return !undecided.isEmpty() || !closing.isEmpty() || !holding.isEmpty();
    }
  }
}
