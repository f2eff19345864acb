package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sessionregistry.Response;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;

/** A response that is closed before its body was read. */
class EarlyCloseTest {
  private final World world = World.simple();

  @Test
  void theConnectionIsAskedToReadTheRestAway() {
    world.respondedHead().close();
    assertThat(world.connection().discards).isEqualTo(1);
    assertThat(world.connection().closed).isFalse();
  }

  @Test
  void aRestThatWasReadAwayGivesTheConnectionBack() {
    world.respondedHead().close();
    world.connection().end();
    world.send();
    assertThat(world.connection().exchanges).isEqualTo(2);
  }

  @Test
  void aRestThatIsTooLargeCostsTheConnectionAndIsNoFailure() {
    world.respondedHead().close();
    world.connection().fail(Kind.DISCARDED);
    assertThat(world.statistics().failed()).isZero();
    assertThat(world.statistics().cancelled()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void whatComesMeanwhileIsNotKeptAndTheSocketReadOn() {
    world.respondedHead().close();
    for (int i = 0; i < 100; i++) {
      assertThat(world.connection().data(new byte[64 * 1024])).isTrue();
    }
  }

  @Test
  void closingTwiceAsksOnce() {
    Response response = world.respondedHead();
    response.close();
    response.close();
    assertThat(world.connection().discards).isEqualTo(1);
  }

  @Test
  void closingAfterTheEndAsksForNothing() throws Exception {
    Response response = world.respondedHead();
    world.connection().data("x").end();
    response.text();
    response.close();
    assertThat(world.connection().discards).isZero();
    assertThat(world.statistics().succeeded()).isEqualTo(1);
  }

  @Test
  void closingABodyThatIsHereButUnreadAsksForNothing() {
    Response response = world.respondedHead();
    world.connection().data("x").end();
    response.close();
    assertThat(world.connection().discards).isZero();
    world.assertNothingIsLeft();
  }

  @Test
  void closingAnOldResponseDoesNotTouchTheNextExchangeOfItsConnection() {
    Response old = world.respondedHead();
    world.connection().data("x").end();
    CompletableFuture<Response> next = world.send();
    old.close();
    world.connection().respond(200, "");
    assertThat(next).isCompleted();
    assertThat(world.connection().discards).isZero();
  }

  @Test
  void closingAfterAFailureAsksForNothing() {
    Response response = world.respondedHead();
    world.connection().fail(Kind.TRUNCATED);
    response.close();
    assertThat(world.statistics().failed()).isEqualTo(1);
    world.assertNothingIsLeft();
  }
}
