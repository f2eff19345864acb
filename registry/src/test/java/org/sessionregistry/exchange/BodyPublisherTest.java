package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseClosedException;
import org.sessionregistry.TruncatedResponseException;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;

/** The rules in parentheses are those of Reactive Streams 1.0.4. */
class BodyPublisherTest {
  private final World world = World.simple();
  private final Response response = world.respondedHead();
  private final RecordingSubscriber reader = new RecordingSubscriber();

  @Test
  void nothingComesBeforeItIsAskedFor() {
    // (1.1)
    response.body().subscribe(reader);
    world.connection().data("a");
    assertThat(reader.parts).isZero();
  }

  @Test
  void asManyPartsComeAsWereAskedFor() {
    // (1.1)
    response.body().subscribe(reader);
    world.connection().data("a").data("b").data("c");
    reader.subscription.request(2);
    assertThat(reader.text).hasToString("ab");
  }

  @Test
  void demandsAddUp() {
    // (3.8)
    response.body().subscribe(reader);
    reader.subscription.request(1);
    reader.subscription.request(1);
    world.connection().data("a").data("b").data("c");
    assertThat(reader.text).hasToString("ab");
  }

  @Test
  void hugeDemandsDoNotOverflow() {
    // (3.17)
    response.body().subscribe(reader);
    reader.subscription.request(Long.MAX_VALUE);
    reader.subscription.request(Long.MAX_VALUE);
    world.connection().data("a").data("b").end();
    assertThat(reader.text).hasToString("ab");
  }

  @Test
  void askingWithinTheSubscriptionIsHeard() {
    // (2.12, 3.2)
    world.connection().data("a");
    response.body().subscribe(reader.onSubscribed(me -> me.subscription.request(1)));
    assertThat(reader.text).hasToString("a");
  }

  @Test
  void askingWithinASignalDoesNotNest() {
    // (3.3)
    int[] depth = {0, 0};
    reader.onEach(
        me -> {
          depth[1] = Math.max(depth[1], ++depth[0]);
          me.subscription.request(1);
          depth[0]--;
        });
    for (int i = 0; i < 1000; i++) {
      world.connection().data("x");
    }
    response.body().subscribe(reader);
    reader.subscription.request(1);
    assertThat(reader.parts).isEqualTo(1000);
    assertThat(depth[1]).isEqualTo(1);
  }

  @Test
  void theEndComesWithoutDemand() {
    // (1.5)
    response.body().subscribe(reader);
    world.connection().end();
    assertThat(reader.ends).isEqualTo(1);
    assertThat(reader.failure).isNull();
  }

  @Test
  void theEndComesAfterTheLastPart() {
    response.body().subscribe(reader);
    world.connection().data("a").end();
    assertThat(reader.ends).isZero();
    reader.subscription.request(1);
    assertThat(reader.ends).isEqualTo(1);
  }

  @Test
  void aFailureComesAfterTheLastPart() {
    response.body().subscribe(reader);
    world.connection().data("a");
    world.connection().fail(Kind.TRUNCATED);
    assertThat(reader.ends).isZero();
    reader.subscription.request(1);
    assertThat(reader.text).hasToString("a");
    assertThat(reader.failure).isInstanceOf(TruncatedResponseException.class);
  }

  @Test
  void nothingFollowsTheEnd() {
    // (1.7, 3.6)
    response.body().subscribe(reader);
    world.connection().end();
    reader.subscription.request(1);
    reader.subscription.request(-1);
    reader.subscription.cancel();
    response.close();
    assertThat(reader.ends).isEqualTo(1);
    assertThat(reader.failure).isNull();
  }

  @Test
  void cancellingClosesTheResponse() {
    response.body().subscribe(reader);
    reader.subscription.cancel();
    assertThat(world.connection().discards).isEqualTo(1);
    world.connection().data("a").end();
    assertThat(reader.parts).isZero();
    assertThat(reader.ends).isZero();
    world.assertNothingIsLeft();
  }

  @Test
  void cancellingWithinASignalIsTheLastOne() {
    // (2.8)
    world.connection().data("a").data("b");
    response.body().subscribe(reader.onEach(me -> me.subscription.cancel()));
    reader.subscription.request(5);
    assertThat(reader.parts).isEqualTo(1);
    assertThat(reader.ends).isZero();
  }

  @Test
  void cancellingTwiceIsHarmless() {
    // (3.7)
    response.body().subscribe(reader);
    reader.subscription.cancel();
    reader.subscription.cancel();
    assertThat(world.connection().discards).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void aDemandThatIsNotPositiveFails(long demand) {
    // (3.9)
    response.body().subscribe(reader);
    world.connection().data("a");
    reader.subscription.request(demand);
    assertThat(reader.failure)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3.9");
    assertThat(reader.parts).isZero();
    assertThat(world.connection().discards).isEqualTo(1);
  }

  @Test
  void closingTheResponseFailsTheSubscriber() {
    response.body().subscribe(reader);
    reader.subscription.request(1);
    response.close();
    assertThat(reader.failure).isInstanceOf(ResponseClosedException.class);
  }

  @Test
  void aSecondSubscriberIsRefused() {
    // (1.9)
    Flow.Publisher<ByteBuffer> body = response.body();
    body.subscribe(reader);
    RecordingSubscriber second = new RecordingSubscriber();
    body.subscribe(second);
    second.subscription.request(1);
    second.subscription.cancel();
    assertThat(second.failure).isInstanceOf(IllegalStateException.class);
    reader.subscription.request(1);
    world.connection().data("a");
    assertThat(reader.text).hasToString("a");
  }

  @Test
  void aSecondPublisherIsRefused() {
    response.body();
    assertThatIllegalStateException().isThrownBy(response::body);
    assertThatIllegalStateException().isThrownBy(response::inputStream);
  }

  @Test
  void aSubscriberThatThrowsHasCancelled() {
    // (2.13)
    IllegalStateException bug = new IllegalStateException("bug");
    world.connection().data("a").data("b");
    response
        .body()
        .subscribe(
            reader.onEach(
                me -> {
                  throw bug;
                }));
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> reader.subscription.request(5))
        .isSameAs(bug);
    assertThat(world.connection().discards).isEqualTo(1);
    assertThat(reader.parts).isEqualTo(1);
  }

  @Test
  void theSocketIsNotReadWhileTheBufferIsFull() {
    response.body().subscribe(reader);
    byte[] part = new byte[32 * 1024];
    assertThat(world.connection().data(part)).isTrue();
    assertThat(world.connection().data(part)).isTrue();
    assertThat(world.connection().data(part)).isTrue();
    assertThat(world.connection().data(part)).as("128 KiB are there").isFalse();
  }

  @Test
  void theSocketIsReadAgainOnceTheBufferIsHalfEmpty() {
    response.body().subscribe(reader);
    for (int i = 0; i < 4; i++) {
      world.connection().data(new byte[32 * 1024]);
    }
    reader.subscription.request(1);
    assertThat(world.connection().resumes).isZero();
    reader.subscription.request(1);
    assertThat(world.connection().resumes).isEqualTo(1);
    reader.subscription.request(2);
    assertThat(world.connection().resumes).isEqualTo(1);
  }

  @Test
  void theSocketIsReadOnWhenTheReaderMakesRoomAtOnce() {
    response.body().subscribe(reader);
    reader.subscription.request(Long.MAX_VALUE);
    assertThat(world.connection().data(new byte[1024 * 1024])).isTrue();
  }

  /** Whatever the order of parts, demands and the end, the reader sees the body and one end. */
  @Test
  void everyOrderOfEventsGivesTheWholeBodyAndOneEnd() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      World here = World.simple();
      Response answer = here.respondedHead();
      RecordingSubscriber subscriber = new RecordingSubscriber();
      if (random.nextBoolean()) {
        subscriber.onEach(me -> me.subscription.request(random.nextInt(2) + 1));
      }
      StringBuilder sent = new StringBuilder();
      boolean subscribed = false;
      for (int i = random.nextInt(20); i > 0; i--) {
        if (!subscribed && random.nextInt(4) == 0) {
          answer.body().subscribe(subscriber);
          subscribed = true;
        } else if (subscribed && random.nextBoolean()) {
          subscriber.subscription.request(1 + random.nextInt(3));
        } else {
          sent.append(i).append(',');
          here.connection().data(i + ",");
        }
        assertThat(sent.toString()).startsWith(subscriber.text.toString());
      }
      if (!subscribed) {
        answer.body().subscribe(subscriber);
      }
      here.connection().end();
      subscriber.subscription.request(Long.MAX_VALUE);
      assertThat(subscriber.text).as("seed %d", seed).hasToString(sent.toString());
      assertThat(subscriber.ends).as("seed %d", seed).isEqualTo(1);
      assertThat(subscriber.failure).as("seed %d", seed).isNull();
    }
  }
}
