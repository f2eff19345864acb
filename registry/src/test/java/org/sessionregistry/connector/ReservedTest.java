package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.connector.PoolFixture.A;
import static org.sessionregistry.connector.PoolFixture.B;
import static org.sessionregistry.connector.PoolFixture.connection;
import static org.sessionregistry.connector.PoolFixture.free;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.Priority;
import org.sessionregistry.settings.QueueSettings;

/** One of three connections is for requests of high priority only. */
class ReservedTest {
  private static final PoolSettings SETTINGS = Neighbours.max(3).withReservedHigh(1);

  private final PoolFixture world = PoolFixture.of(SETTINGS);

  private Lease open(Route route, Priority priority) {
    RecordingReceiver receiver = world.request(route, priority);
    world.dialer.last().open();
    return receiver.lease();
  }

  @ParameterizedTest
  @EnumSource(
      value = Priority.class,
      names = {"NORMAL", "LOW"})
  void othersTakeAllButWhatIsReserved(Priority priority) {
    open(A, priority);
    open(A, priority);

    RecordingReceiver third = world.request(A, priority);

    assertThat(third.heard()).isEmpty();
    assertThat(world.now().waiting()).isOne();
    assertThat(world.dialer.dials()).hasSize(2);
  }

  @Test
  void whatIsReservedIsTakenAtOnceWhateverWaits() {
    open(A, Priority.NORMAL);
    open(A, Priority.NORMAL);
    RecordingReceiver waits = world.request(A, Priority.NORMAL);

    Lease high = open(A, Priority.HIGH);

    assertThat(connection(high).isGone()).isFalse();
    assertThat(waits.heard()).isEmpty();
    assertThat(world.now().inUse()).isEqualTo(3);
  }

  @Test
  void thoseOfHighPriorityMayTakeAll() {
    open(A, Priority.HIGH);
    open(A, Priority.HIGH);
    open(A, Priority.HIGH);

    assertThat(world.request(A, Priority.HIGH).heard()).isEmpty();
    assertThat(world.request(A, Priority.NORMAL).heard()).isEmpty();
    assertThat(world.now().inUse()).isEqualTo(3);
  }

  @Test
  void whatAHighOneFreesStaysReserved() {
    open(A, Priority.NORMAL);
    open(A, Priority.NORMAL);
    Lease high = open(A, Priority.HIGH);
    RecordingReceiver waits = world.request(A, Priority.NORMAL);

    free(high);

    assertThat(waits.heard()).isEmpty();
    assertThat(world.now().idle()).isOne();
    assertThat(connection(world.request(A, Priority.HIGH).lease())).isSameAs(connection(high));
  }

  @Test
  void whatAnotherFreesGoesToTheOthers() {
    Lease one = open(A, Priority.NORMAL);
    open(A, Priority.NORMAL);
    RecordingReceiver waits = world.request(A, Priority.NORMAL);

    free(one);

    assertThat(waits.hasLease()).isTrue();
  }

  @Test
  void whoWaitsTakesTheIdleOneAsSoonAsItMay() {
    Lease one = open(A, Priority.NORMAL);
    open(B, Priority.NORMAL);
    Lease high = open(A, Priority.HIGH);
    free(high);
    RecordingReceiver waits = world.request(A, Priority.NORMAL);
    assertThat(waits.heard()).isEmpty();

    one.discard();

    assertThat(connection(waits.lease())).isSameAs(connection(high));
  }

  @Test
  void anIdleOneOfAnotherRouteIsNotGivenUpForWhoMayNotHaveIt() {
    open(A, Priority.NORMAL);
    open(A, Priority.NORMAL);
    Lease high = open(B, Priority.HIGH);
    free(high);

    RecordingReceiver waits = world.request(A, Priority.NORMAL);

    assertThat(waits.heard()).isEmpty();
    assertThat(connection(high).closeCalls()).isZero();
  }

  @Test
  void aHighOneThatWaitsGoesBeforeTheOthersWhereOnlyItMayTake() {
    open(A, Priority.NORMAL);
    open(A, Priority.NORMAL);
    Lease high = open(A, Priority.HIGH);
    RecordingReceiver normal = world.request(A, Priority.NORMAL);
    RecordingReceiver next = world.request(A, Priority.HIGH);

    free(high);

    assertThat(next.hasLease()).isTrue();
    assertThat(normal.heard()).isEmpty();
  }

  @Test
  void anOpeningCountsForWhomItIsOpened() {
    RecordingReceiver one = world.request(A, Priority.NORMAL);
    RecordingReceiver two = world.request(A, Priority.NORMAL);
    RecordingReceiver third = world.request(A, Priority.NORMAL);
    RecordingReceiver high = world.request(A, Priority.HIGH);
    assertThat(world.dialer.dials()).hasSize(3);

    world.dialer.dial(2).open();
    world.dialer.dial(1).open();
    world.dialer.dial(0).open();

    assertThat(List.of(one, two, high)).allMatch(RecordingReceiver::hasLease);
    assertThat(third.heard()).isEmpty();
  }

  @Test
  void aHighOneThatIsServedByWhatWasOpenedForAnotherLeavesThatOneItsPlace() {
    Lease one = open(A, Priority.NORMAL);
    RecordingReceiver normal = world.request(A, Priority.NORMAL);
    RecordingReceiver high = world.request(A, Priority.HIGH);

    free(one);
    world.dialer.dial(1).open();
    world.dialer.dial(2).open();

    assertThat(normal.hasLease()).isTrue();
    assertThat(high.hasLease()).isTrue();
  }

  @Test
  void oneMoreOnAConnectionThatOthersUseAlreadyCostsNothing() {
    Lease first = leaseWithStreams(Priority.NORMAL);
    open(B, Priority.NORMAL);

    RecordingReceiver joins = world.request(A, Priority.LOW);

    assertThat(connection(joins.lease())).isSameAs(connection(first));
  }

  @Test
  void aConnectionThatOnlyHighOnesUseIsNotJoinedByOthersWhenNoMoreAreAllowed() {
    open(B, Priority.NORMAL);
    open(B, Priority.NORMAL);
    Lease high = leaseWithStreams(Priority.HIGH);

    RecordingReceiver normal = world.request(A, Priority.NORMAL);
    RecordingReceiver another = world.request(A, Priority.HIGH);

    assertThat(normal.heard()).isEmpty();
    assertThat(connection(another.lease())).isSameAs(connection(high));
  }

  @Test
  void whoWaitsJoinsTheHighOnesAsSoonAsItMay() {
    Lease other = open(B, Priority.NORMAL);
    open(B, Priority.NORMAL);
    Lease high = leaseWithStreams(Priority.HIGH);
    RecordingReceiver normal = world.request(A, Priority.NORMAL);

    free(other);

    assertThat(connection(normal.lease())).isSameAs(connection(high));
  }

  @Test
  void withoutWaitingAnOrdinaryOneIsRefusedAlthoughSomethingIsFree() {
    Neighbours neighbours = Neighbours.withoutBudget();
    Neighbours.Member member =
        neighbours.join(
            neighbours.pool(Neighbours.max(2).withReservedHigh(1), QueueSettings.ofMaxSize(0)),
            "one");
    member.openLease(A);

    assertThat(member.request(A).refusal()).isInstanceOf(Refusal.QueueFull.class);
    assertThat(member.request(A, Priority.HIGH).heard()).isEmpty();
  }

  private Lease leaseWithStreams(Priority priority) {
    RecordingReceiver receiver = world.request(A, priority);
    world.dialer.last().open(5);
    return receiver.lease();
  }
}
