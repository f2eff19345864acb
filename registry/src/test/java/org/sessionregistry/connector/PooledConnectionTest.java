package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.connector.PooledConnection.State;
import org.sessionregistry.settings.QueueOrder;

class PooledConnectionTest {
  /** The diagram in the package documentation: a row for each state, what it may become. */
  @ParameterizedTest
  @CsvSource({
    "PENDING, OPENING GONE",
    "OPENING, LEASED IDLE CLOSING GONE",
    "LEASED,  IDLE CLOSING GONE",
    "IDLE,    LEASED CLOSING GONE",
    "CLOSING, GONE",
    "GONE,    ''",
  })
  void statesChangeOnlyAsTheDiagramSays(State state, String next) {
    for (State other : State.values()) {
      assertThat(state.mayBecome(other))
          .as("%s to %s", state, other)
          .isEqualTo((" " + next + " ").contains(" " + other + " "));
    }
  }

  @Test
  void anImpossibleChangeIsRefused() {
    PoolFixture world = PoolFixture.limit(1);
    RoutePool route = new RoutePool(PoolFixture.A, world.pool.table, QueueOrder.FIFO, false);
    PooledConnection gone = new PooledConnection(world.pool.pool, route, world.dialer, State.GONE);

    assertThatIllegalStateException()
        .isThrownBy(() -> gone.become(State.LEASED))
        .withMessage("a connection that is GONE cannot become LEASED");
    assertThat(gone.state()).isEqualTo(State.GONE);
  }
}
