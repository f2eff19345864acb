package org.sessionregistry.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DemandTest {
  private final Demand demand = new Demand();

  private boolean isWelcome() {
    return demand.present().toCompletableFuture().isDone();
  }

  @Test
  void aCallIsWelcomeAsOftenAsItWasAskedFor() {
    assertThat(isWelcome()).isFalse();
    demand.add(2);
    assertThat(isWelcome()).isTrue();
    demand.take();
    assertThat(isWelcome()).isTrue();
    demand.take();
    assertThat(isWelcome()).isFalse();
  }

  @Test
  void whoWaitsIsToldWhenACallIsAskedFor() {
    var waiting = demand.present().toCompletableFuture();
    demand.add(1);
    assertThat(waiting).isDone();
  }

  @Test
  void askingForMoreThanCanBeCountedIsAskingForAll() {
    demand.add(Long.MAX_VALUE);
    demand.add(1);
    demand.take();
    assertThat(isWelcome()).isTrue();
  }

  @Test
  void askingForNothingIsRefused() {
    assertThatThrownBy(() -> demand.add(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
  }
}
