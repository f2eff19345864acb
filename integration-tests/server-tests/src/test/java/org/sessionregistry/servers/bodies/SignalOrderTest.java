package org.sessionregistry.servers.bodies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;

/** A publisher may signal on any thread, as long as it does so one signal after the other. */
class SignalOrderTest {
  @RegisterExtension final World world = new World();

  /** Signals on a thread of its own, and then on the one that asked. */
  private static final class OfTwoThreads implements Flow.Publisher<ByteBuffer> {
    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
      subscriber.onSubscribe(
          new Flow.Subscription() {
            private boolean asked;

            @Override
            public void request(long n) {
              if (asked) {
                return;
              }
              asked = true;
              Thread other = new Thread(() -> subscriber.onNext(buffer("first ")));
              other.start();
              try {
                other.join();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              subscriber.onNext(buffer("second"));
              subscriber.onComplete();
            }

            @Override
            public void cancel() {}
          });
    }

    private static ByteBuffer buffer(String text) {
      return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
  }

  @ParameterizedTest
  @EnumSource
  void signalsOfTwoThreadsKeepTheirOrder(Peer peer) throws Exception {
    ClientSession session = world.session(peer, call -> call.reply(call.text()));
    try (Response response =
        session.post("/").body(RequestBody.ofPublisher(new OfTwoThreads())).send()) {
      assertThat(response.text()).isEqualTo("first second");
    }
  }
}
