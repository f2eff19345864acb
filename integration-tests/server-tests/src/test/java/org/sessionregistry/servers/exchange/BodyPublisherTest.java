package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.TruncatedResponseException;

/** The body as a publisher: the rules of Reactive Streams 1.0.4, by their numbers. */
@ParameterizedClass
@EnumSource(PeerKind.class)
class BodyPublisherTest {
  private static final byte[] BODY = bytes(5 << 20);

  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  @Test
  void aBufferComesForEachThatIsAskedForAndNoMore() throws Exception { // 1.1
    RecordingSubscriber subscriber = new RecordingSubscriber();
    responseOf(BODY).body().subscribe(subscriber);

    while (!subscriber.isOver()) {
      long asked = subscriber.requested();
      subscriber.request(1);
      Wait.until("a buffer or the end", () -> subscriber.count() > asked || subscriber.isOver());
    }

    assertThat(subscriber.bytes()).isEqualTo(BODY);
    subscriber.assertCompleted();
  }

  @Test
  void nothingComesThatNobodyAskedFor() throws Exception { // 1.1
    RecordingSubscriber subscriber = new RecordingSubscriber();
    Response response = responseOf(BODY);
    response.body().subscribe(subscriber);
    subscriber.request(2);

    assertThat(Wait.untilStill(subscriber::count)).isEqualTo(2);

    subscriber.cancel();
  }

  @Test
  void unlimitedDemandBringsEverything() throws Exception { // 3.17
    RecordingSubscriber subscriber = new RecordingSubscriber();
    responseOf(BODY).body().subscribe(subscriber);

    subscriber.request(Long.MAX_VALUE);
    subscriber.request(Long.MAX_VALUE);

    subscriber.awaitEnd();
    assertThat(subscriber.bytes()).isEqualTo(BODY);
    subscriber.assertCompleted();
  }

  @Test
  void demandFromWithinASignalBringsTheRest() throws Exception { // 3.2, 3.3
    RecordingSubscriber subscriber =
        new RecordingSubscriber() {
          @Override
          public void onSubscribe(Flow.Subscription given) {
            super.onSubscribe(given);
            request(1);
          }

          @Override
          public void onNext(ByteBuffer buffer) {
            super.onNext(buffer);
            request(1);
          }
        };

    responseOf(BODY).body().subscribe(subscriber);

    subscriber.awaitEnd();
    assertThat(subscriber.bytes()).isEqualTo(BODY);
  }

  @Test
  void signalsNeverOverlapHoweverManyThreadsAsk() throws Exception { // 1.3
    RecordingSubscriber subscriber = new RecordingSubscriber();
    responseOf(BODY).body().subscribe(subscriber);
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          new Thread(
              () -> {
                while (!subscriber.isOver()) {
                  subscriber.request(1);
                  Thread.onSpinWait();
                }
              });
      threads[i].start();
    }

    subscriber.awaitEnd();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(subscriber.bytes()).isEqualTo(BODY);
    subscriber.assertCompleted();
  }

  @Test
  void anEmptyBodyCompletesWithoutDemand() throws Exception { // 1.5
    RecordingSubscriber subscriber = new RecordingSubscriber();

    responseOf(new byte[0]).body().subscribe(subscriber);

    subscriber.awaitEnd();
    subscriber.assertCompleted();
    assertThat(subscriber.count()).isZero();
  }

  @Test
  void cancellingClosesTheResponseAndEndsTheSignals() throws Exception { // 3.12, 1.8
    AtomicLong written = new AtomicLong();
    Peer peer =
        world.peer(
            kind,
            call -> {
              try (OutputStream out = call.output()) {
                for (int i = 0; i < 200; i++) {
                  out.write(BODY, 0, 1 << 20);
                  out.flush();
                  written.addAndGet(1 << 20);
                }
              }
            });
    ClientSession session = world.session(peer);
    RecordingSubscriber subscriber = new RecordingSubscriber();
    session.get("/").send().body().subscribe(subscriber);
    subscriber.request(3);
    Wait.until("three buffers", () -> subscriber.count() == 3);

    subscriber.cancel();
    subscriber.cancel();
    subscriber.request(10);

    World.assertQuiet(world.registryOf(session));
    Wait.until("no connection", () -> peer.openConnections() == 0);
    assertThat(written.get()).isLessThan(200 << 20);
    assertThat(subscriber.count()).isEqualTo(3);
    assertThat(subscriber.isOver()).isFalse();
    assertThat(session.statistics().cancelled()).isOne();
  }

  @Test
  void aDemandOfZeroIsAnError() throws Exception { // 3.9
    refuses(0);
  }

  @Test
  void aNegativeDemandIsAnError() throws Exception { // 3.9
    refuses(-5);
  }

  private void refuses(long demand) throws Exception {
    RecordingSubscriber subscriber = new RecordingSubscriber();
    responseOf(BODY).body().subscribe(subscriber);

    subscriber.request(demand);

    subscriber.awaitEnd();
    assertThat(subscriber.failure())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3.9");
    subscriber.request(1);
    assertThat(subscriber.count()).isZero();
  }

  @Test
  void aSecondSubscriberIsRefusedAndTheFirstServed() throws Exception { // 1.9, 1.11
    RecordingSubscriber first = new RecordingSubscriber();
    RecordingSubscriber second = new RecordingSubscriber();
    Flow.Publisher<ByteBuffer> body = responseOf(BODY).body();
    body.subscribe(first);

    body.subscribe(second);

    second.awaitEnd();
    assertThat(second.failure()).isInstanceOf(IllegalStateException.class);
    first.request(Long.MAX_VALUE);
    first.awaitEnd();
    assertThat(first.bytes()).isEqualTo(BODY);
  }

  @Test
  void noSubscriberAtAllIsRefusedAtOnce() throws Exception { // 1.9
    Response response = responseOf(BODY);
    Flow.Publisher<ByteBuffer> body = response.body();

    assertThatThrownBy(() -> body.subscribe(null)).isInstanceOf(NullPointerException.class);

    response.close();
  }

  @Test
  void aConnectionThatBreaksIsAnErrorAfterTheBuffersThatCame() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            kind,
            call -> {
              call.header("Content-Length", "100000");
              OutputStream out = call.output();
              out.write(new byte[1000]);
              out.flush();
              Wait.on(gate);
              throw new IOException("on purpose");
            });
    ClientSession session = world.session(peer);
    RecordingSubscriber subscriber = new RecordingSubscriber();
    session.get("/").send().body().subscribe(subscriber);
    subscriber.request(Long.MAX_VALUE);
    Wait.until("the first bytes", () -> subscriber.bytes().length == 1000);

    gate.countDown();

    subscriber.awaitEnd();
    assertThat(subscriber.failure())
        .isInstanceOf(TruncatedResponseException.class)
        .hasMessageContaining(session.name());
    assertThat(session.statistics().failed()).isOne();
  }

  private Response responseOf(byte[] body) throws Exception {
    Peer peer = world.peer(kind, call -> call.reply(body));
    return world.session(peer).get("/").send();
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(7).nextBytes(bytes);
    return bytes;
  }
}
