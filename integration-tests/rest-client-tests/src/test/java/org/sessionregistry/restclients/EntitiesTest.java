package org.sessionregistry.restclients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;

/** Entities that are larger than memory should be. */
@Timeout(60)
class EntitiesTest {
  private static final int LARGE = 32 * 1024 * 1024;

  @RegisterExtension final World world = new World();

  @Test
  void aLargeUploadIsStreamed() {
    CountDownLatch begun = world.gate();
    Upstream upstream =
        world.upstream(
            call -> {
              call.body().read();
              begun.countDown();
              call.json(Long.toString(1 + count(call.body())));
            });
    Generated photo = new Generated(LARGE, begun);

    String size = world.directory(upstream, world.session(s -> s)).upload("ada", photo);

    assertThat(size).isEqualTo(Integer.toString(LARGE));
  }

  @Test
  void aLargeUploadIsStreamedForAMethodThatDoesNotWaitToo() {
    Upstream upstream = world.upstream(call -> call.json(Long.toString(count(call.body()))));

    String size =
        world
            .directory(upstream, world.session(s -> s))
            .uploadLater("ada", new Generated(LARGE, null))
            .toCompletableFuture()
            .join();

    assertThat(size).isEqualTo(Integer.toString(LARGE));
  }

  @Test
  void anAnswerBeforeTheEndOfTheUploadIsTheAnswer() {
    Upstream upstream =
        world.upstream(call -> call.status(413).set("Connection", "close").json("{}"));

    assertThatThrownBy(
            () ->
                world
                    .directory(upstream, world.session(s -> s))
                    .upload("ada", new Generated(LARGE, null)))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().getStatus()).isEqualTo(413));
  }

  @Test
  void aStreamedEntityCannotBeSentAgain() {
    Upstream upstream =
        world.upstream(
            call -> {
              count(call.body());
              call.status(307).set("Location", "/elsewhere");
            });

    assertThatThrownBy(
            () ->
                world
                    .directory(upstream, world.session(s -> s))
                    .upload("ada", new Generated(LARGE, null)))
        .isInstanceOf(ProcessingException.class);
    assertThat(upstream.seen()).hasSize(1);
  }

  @Test
  void aFailingEntityEndsTheExchange() {
    Upstream upstream =
        world.upstream(
            call -> {
              count(call.body());
              call.json("{}");
            });
    ClientSession session = world.session(s -> s);
    InputStream broken =
        new InputStream() {
          private final InputStream begin = new Generated(LARGE / 2, null);

          @Override
          public int read(byte[] bytes, int offset, int count) throws IOException {
            int read = begin.read(bytes, offset, count);
            if (read < 0) {
              throw new IOException("the disk is gone");
            }
            return read;
          }

          @Override
          public int read() throws IOException {
            throw new IOException("read in blocks");
          }
        };

    assertThatThrownBy(() -> world.directory(upstream, session).upload("ada", broken))
        .hasStackTraceContaining("the disk is gone");
    World.awaitNothingInFlight(session);
  }

  @Test
  void aResponseIsReadWhileItComes() throws Exception {
    CountDownLatch first = world.gate();
    Upstream upstream =
        world.upstream(
            call -> {
              call.set("Content-Type", "application/octet-stream");
              call.write("first".getBytes(StandardCharsets.UTF_8));
              first.await();
              call.write("second".getBytes(StandardCharsets.UTF_8));
            });
    ClientSession session = world.session(s -> s);

    try (InputStream photo = world.directory(upstream, session).photo("ada")) {
      assertThat(new String(photo.readNBytes(5), StandardCharsets.UTF_8)).isEqualTo("first");
      assertThat(session.statistics().inFlight()).isEqualTo(1);
      first.countDown();
      assertThat(new String(photo.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("second");
    }
    World.awaitNothingInFlight(session);
  }

  @Test
  void closingTheStreamGivesTheConnectionBack() throws Exception {
    Upstream upstream =
        world.upstream(
            call -> {
              call.set("Content-Type", "application/octet-stream");
              byte[] part = new byte[64 * 1024];
              for (int i = 0; i < 1024; i++) {
                call.write(part);
              }
            });
    ClientSession session = world.session(s -> s.pool(p -> p.withMaxConnections(1)));
    Directory directory = world.directory(upstream, session);

    for (int i = 0; i < 3; i++) {
      InputStream photo = directory.photo("ada");
      assertThat(photo.read()).isZero();
      photo.close();
    }

    World.awaitNothingInFlight(session);
  }

  @Test
  void aLargeErrorCanBeReadToItsEnd() {
    String large = "x".repeat(1024 * 1024);
    Upstream upstream =
        world.upstream(
            call ->
                call.status(500)
                    .set("Content-Type", "text/plain")
                    .write(large.getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> world.directory(upstream, world.session(s -> s)).user("ada"))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().readEntity(String.class)).isEqualTo(large));
  }

  private static long count(InputStream body) throws IOException {
    byte[] part = new byte[64 * 1024];
    long count = 0;
    for (int read = body.read(part); read >= 0; read = body.read(part)) {
      count += read;
    }
    return count;
  }

  /** Bytes that exist only when they are read; the second half only once it may. */
  private static final class Generated extends InputStream {
    private final AtomicLong left;
    private final long half;
    private final CountDownLatch secondHalf;

    Generated(long size, CountDownLatch secondHalf) {
      this.left = new AtomicLong(size);
      this.half = size / 2;
      this.secondHalf = secondHalf;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int offset, int count) {
      if (left.get() == 0) {
        return -1;
      }
      if (secondHalf != null && left.get() <= half) {
        try {
          secondHalf.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      int read = (int) Math.min(count, left.get());
      left.addAndGet(-read);
      return read;
    }
  }
}
