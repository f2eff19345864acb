package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;

/** Uploads that are larger than any buffer: the server's reading is what pulls them. */
@ParameterizedClass
@EnumSource(PeerKind.class)
class UploadTest {
  private static final int PART = 64 * 1024;
  private static final int PARTS = (256 << 20) / PART;

  /** More than the socket buffers of both ends can ever hold. */
  private static final long MOST_IN_BUFFERS = 48 << 20;

  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  @Test
  void aLargeUploadIsNeverFarAheadOfTheServer() throws Exception {
    AtomicLong read = new AtomicLong();
    AtomicLong furthest = new AtomicLong();
    CountingPublisher publisher =
        new CountingPublisher(
            PARTS,
            i -> {
              furthest.accumulateAndGet((long) i * PART - read.get(), Math::max);
              return ByteBuffer.allocate(PART);
            });
    Peer peer = world.peer(kind, call -> call.reply(Long.toString(readAway(call, read))));
    ClientSession session = world.session(peer);

    Response response = session.put("/").body(RequestBody.ofPublisher(publisher)).send();

    assertThat(response.text()).isEqualTo(Long.toString(256L << 20));
    assertThat(furthest).hasValueLessThan(MOST_IN_BUFFERS);
    assertThat(session.statistics().bytesSent()).isEqualTo(256L << 20);
  }

  @Test
  void aServerThatPausesStopsTheSourceAndGoesOnWithIt() throws Exception {
    CountDownLatch gate = world.gate();
    AtomicLong read = new AtomicLong();
    Peer peer =
        world.peer(
            kind,
            call -> {
              Wait.on(gate);
              call.reply(Long.toString(readAway(call, read)));
            });
    ClientSession session = world.session(peer);
    CountingPublisher publisher = new CountingPublisher(PARTS, i -> ByteBuffer.allocate(PART));
    RequestBody body = RequestBody.ofPublisher(publisher, (long) PARTS * PART);

    CompletableFuture<Response> response = session.put("/").body(body).sendAsync();
    long stopped = Wait.untilStill(publisher::requested);

    assertThat(stopped * PART).isLessThan(MOST_IN_BUFFERS);
    assertThat(publisher.requested() - publisher.published()).isLessThanOrEqualTo(4);

    gate.countDown();

    assertThat(Wait.on(Wait.on(response).textAsync())).isEqualTo(Long.toString(256L << 20));
  }

  @Test
  void cancellingAnUploadCancelsItsSource() throws Exception {
    CountDownLatch gate = world.gate();
    Peer peer =
        world.peer(
            kind,
            call -> {
              Wait.on(gate);
              readAway(call, new AtomicLong());
            });
    ClientSession session = world.session(peer);
    CountingPublisher publisher = new CountingPublisher(PARTS, i -> ByteBuffer.allocate(PART));
    CompletableFuture<Response> response =
        session.put("/").body(RequestBody.ofPublisher(publisher)).sendAsync();
    Wait.until("the request at the server", () -> peer.active() == 1);

    response.cancel(true);

    Wait.until("the source is cancelled", publisher::isCancelled);
    World.assertQuiet(world.registryOf(session));
    gate.countDown();
    Wait.until("no connection", () -> peer.openConnections() == 0);
  }

  private static long readAway(Call call, AtomicLong read) throws IOException {
    byte[] buffer = new byte[PART];
    InputStream in = call.body();
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      read.addAndGet(n);
    }
    return read.get();
  }
}
