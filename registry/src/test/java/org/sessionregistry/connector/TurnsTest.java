package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.C;
import static org.sessionregistry.connector.PoolFixture.free;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sessionregistry.settings.Priority;

/** Members of a pool are served in turns, whatever each of them has waiting. */
class TurnsTest {
  private final Neighbours world = Neighbours.withoutBudget();
  private final ConnectionPool pool = world.pool(Neighbours.max(1));
  private final Neighbours.Member busy = world.join(pool, "busy");
  private final Neighbours.Member other = world.join(pool, "other");
  private Lease lease = busy.openLease(A);

  /** Frees the connection and takes note of who gets it, until so many were served. */
  private List<String> serve(
      int count, List<RecordingReceiver> busys, List<RecordingReceiver> others) {
    List<String> served = new ArrayList<>();
    while (served.size() < count) {
      free(lease);
      if (!takes(busys, "busy", served) && !takes(others, "other", served)) {
        throw new AssertionError("nobody is served after " + served);
      }
    }
    return served;
  }

  private boolean takes(List<RecordingReceiver> waiting, String name, List<String> served) {
    for (RecordingReceiver receiver : waiting) {
      if (receiver.hasLease()) {
        waiting.remove(receiver);
        lease = receiver.lease();
        served.add(name);
        return true;
      }
    }
    return false;
  }

  /** The busy one has had the connection already, though it did not have to wait for it. */
  @Test
  void twoThatWaitTakeTurns() {
    List<RecordingReceiver> busys = busy.requests(3, A);
    List<RecordingReceiver> others = other.requests(3, A);

    assertThat(serve(6, busys, others))
        .containsExactly("other", "busy", "other", "busy", "other", "busy");
  }

  @Test
  void aNewcomerIsNextWhateverItsNeighbourHasWaiting() {
    List<RecordingReceiver> busys = busy.requests(1000, A);
    serve(100, busys, List.of());

    RecordingReceiver newcomer = other.request(A);
    free(lease);

    assertThat(newcomer.hasLease()).isTrue();
  }

  @Test
  void whoAsksForOneAfterTheOtherHasEverySecondTurn() {
    List<RecordingReceiver> busys = busy.requests(1000, A);
    serve(10, busys, List.of());
    for (int i = 0; i < 50; i++) {
      List<RecordingReceiver> others = new ArrayList<>(other.requests(1, A));

      assertThat(serve(i == 0 ? 1 : 2, busys, others)).last().isEqualTo("other");
    }
  }

  @Test
  void havingWantedNothingIsWorthNothing() {
    List<RecordingReceiver> busys = busy.requests(1000, A);
    serve(500, busys, List.of());
    List<RecordingReceiver> others = other.requests(100, A);

    assertThat(serve(40, busys, others)).filteredOn("other"::equals).hasSize(20);
  }

  @Test
  void aNewcomerOfAnotherRouteIsNextToo() {
    List<RecordingReceiver> busys = busy.requests(100, A);
    serve(10, busys, List.of());

    RecordingReceiver newcomer = other.request(B);
    free(lease);
    world.dialer.last().open();

    assertThat(newcomer.hasLease()).isTrue();
    assertThat(world.dialer.sockets.peak()).isOne();
  }

  @Test
  void routesOfOneMemberDoNotMultiplyItsTurns() {
    List<RecordingReceiver> busys = new ArrayList<>(busy.requests(50, A));
    busys.addAll(busy.requests(50, B));
    busys.addAll(busy.requests(50, C));
    List<RecordingReceiver> others = other.requests(50, A);
    int ofOther = 0;
    for (int i = 0; i < 40; i++) {
      free(lease);
      if (world.dialer.last().isUndecided()) {
        world.dialer.last().open();
      }
      List<String> served = new ArrayList<>();
      assertThat(takes(busys, "busy", served) || takes(others, "other", served)).isTrue();
      ofOther += served.contains("other") ? 1 : 0;
    }

    assertThat(ofOther).isBetween(19, 21);
  }

  @Test
  void priorityCountsWithinAMembersTurnsOnly() {
    List<RecordingReceiver> busys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      busys.add(busy.request(A, Priority.HIGH));
    }
    List<RecordingReceiver> others = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      others.add(other.request(A, Priority.LOW));
    }

    assertThat(serve(20, busys, others)).filteredOn("other"::equals).hasSize(10);
  }

  @Test
  void aThousandMembersAreServedOnceEachBeforeAnyIsServedTwice() {
    List<Neighbours.Member> members = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      members.add(world.join(pool, "member " + i, i % 3));
    }
    List<List<RecordingReceiver>> waiting = new ArrayList<>();
    for (Neighbours.Member member : members) {
      waiting.add(member.requests(2, A));
    }
    for (int i = 0; i < 1000; i++) {
      free(lease);
      if (world.dialer.last().isUndecided()) {
        world.dialer.last().open();
      }
      lease = next(waiting);
    }

    assertThat(waiting).allSatisfy(left -> assertThat(left).hasSize(1));
  }

  private static Lease next(List<List<RecordingReceiver>> waiting) {
    for (List<RecordingReceiver> ofOne : waiting) {
      for (RecordingReceiver receiver : ofOne) {
        if (receiver.hasLease()) {
          ofOne.remove(receiver);
          return receiver.lease();
        }
      }
    }
    throw new AssertionError("nobody is served");
  }
}
