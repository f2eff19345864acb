package org.sessionregistry.servers.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.WebSocketListener;
import org.sessionregistry.WebSocketMessage;
import org.sessionregistry.WebSocketSession;

/** Who is slow slows the other side down; who is fast is not held up; nobody fills the memory. */
class FlowTest {
  @RegisterExtension final WebSocketWorld world = new WebSocketWorld();

  @Test
  void aListenerThatIsNotReadyStopsTheReading() throws Exception {
    AtomicLong written = new AtomicLong();
    CountDownLatch allWritten = new CountDownLatch(1);
    int messages = 20_000;
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake();
              for (int i = 0; i < messages; i++) {
                peer.frame(0x82, new byte[4096]);
                written.incrementAndGet();
              }
              allWritten.countDown();
              peer.close(1000);
            });
    CompletableFuture<Void> ready = new CompletableFuture<>();
    AtomicInteger heard = new AtomicInteger();
    WebSocketListener slow =
        new WebSocketListener() {
          @Override
          public CompletionStage<?> onBinary(
              WebSocketSession socket, ByteBuffer part, boolean last) {
            return heard.incrementAndGet() == 1 ? ready : READY;
          }
        };
    ClientSession session = world.session();
    WebSocketSession socket = session.webSocket(server.origin()).compression(false).connect(slow);
    // The server stalls once the buffers of both sockets are full, which are a few MiB.
    assertThat(allWritten.await(500, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(heard.get()).isEqualTo(1);
    assertThat(written.get()).isLessThan(messages);
    assertThat(session.statistics().bytesReceived()).isEqualTo(4096);
    ready.complete(null);
    assertThat(socket.closed().get(20, TimeUnit.SECONDS).code()).isEqualTo(1000);
    assertThat(heard.get()).isEqualTo(messages);
  }

  @Test
  void aPeerThatDoesNotReadStopsTheSender() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    CompletableFuture<Integer> code = new CompletableFuture<>();
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake();
              read.await();
              code.complete(peer.readClose().code());
              peer.close(1000);
            });
    WebSocketSession socket =
        world.session().webSocket(server.origin()).compression(false).connect();
    List<CompletableFuture<Void>> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sent.add(socket.sendBinaryAsync(ByteBuffer.allocate(1 << 20)));
    }
    WebSocketWorld.until("the first is sent", () -> sent.get(0).isDone());
    assertThat(sent.get(99)).isNotDone();
    read.countDown();
    CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
    socket.close();
    assertThat(code.get()).isEqualTo(1000);
  }

  @Test
  void aMillionMessagesGoThereAndBack() throws Exception {
    int messages = 1_000_000;
    RawServer server =
        world.raw(
            peer -> {
              peer.handshake();
              ByteArrayOutputStream batch = new ByteArrayOutputStream();
              while (true) {
                RawServer.Seen seen = peer.read();
                batch.write(seen.head());
                batch.write(seen.payload().length);
                batch.writeBytes(seen.payload());
                if (peer.in.available() == 0 || batch.size() > 60_000 || seen.opcode() == 8) {
                  peer.send(batch.toByteArray());
                  batch.reset();
                }
              }
            });
    AtomicInteger next = new AtomicInteger();
    CompletableFuture<Void> all = new CompletableFuture<>();
    WebSocketListener counting =
        new WebSocketListener() {
          @Override
          public CompletionStage<?> onBinary(
              WebSocketSession socket, ByteBuffer part, boolean last) {
            int number = part.getInt();
            if (!last || number != next.getAndIncrement()) {
              all.completeExceptionally(new AssertionError("message " + number));
            }
            if (number == messages - 1) {
              all.complete(null);
            }
            return READY;
          }
        };
    ClientSession session = world.session();
    try (WebSocketSession socket =
        session.webSocket(server.origin()).compression(false).connect(counting)) {
      long begin = System.nanoTime();
      CompletableFuture<Void> window = CompletableFuture.completedFuture(null);
      for (int i = 0; i < messages; i++) {
        CompletableFuture<Void> sent =
            socket.sendBinaryAsync(ByteBuffer.allocate(4).putInt(i).flip());
        if (i % 1000 == 0) {
          window.get(20, TimeUnit.SECONDS); // never more than 2000 on the way
          window = sent;
        }
      }
      all.get(60, TimeUnit.SECONDS);
      System.out.printf(
          "1000000 messages there and back in %.1f s%n", (System.nanoTime() - begin) / 1e9);
    }
    assertThat(session.statistics().bytesReceived()).isEqualTo(4L * messages);
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void aFloodArrivesWhole(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, true);
    try (WebSocketSession socket =
        world.session().webSocket(server.origin() + "/flood").query("n", 5000).connect()) {
      for (int i = 0; i < 5000; i++) {
        assertThat(((WebSocketMessage.Binary) socket.receive().orElseThrow()).bytes())
            .hasSize(1024);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(EchoServer.Make.class)
  void messagesOfManyThreadsNeverMix(EchoServer.Make make) throws Exception {
    EchoServer server = world.echo(make, true);
    List<String> heard = java.util.Collections.synchronizedList(new ArrayList<>());
    CountDownLatch all = new CountDownLatch(8 * 100 + 50);
    try (WebSocketSession socket =
        world
            .session()
            .webSocket(server.origin() + "/echo")
            .connect(
                (WebSocketSession s, WebSocketMessage message) -> {
                  heard.add(((WebSocketMessage.Text) message).text());
                  all.countDown();
                  return WebSocketListener.READY;
                })) {
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        String letter = Character.toString('a' + t);
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    socket.sendTextAsync(letter.repeat(100 + i));
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (int i = 0; i < 50; i++) {
        socket.sendTextAsync("X", false);
        socket.sendTextAsync("X", false);
        socket.sendTextAsync("X", true);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(heard).allMatch(text -> text.chars().distinct().count() == 1);
      assertThat(heard).filteredOn("XXX"::equals).hasSize(50);
    }
  }

  @Test
  void aFragmentOfTheOtherKindIsAMistake() throws Exception {
    EchoServer server = world.echo(EchoServer.Make.JETTY, true);
    try (WebSocketSession socket = world.session().webSocket(server.origin() + "/echo").connect()) {
      socket.sendTextAsync("a", false);
      assertThat(socket.sendBinaryAsync(ByteBuffer.allocate(1), true))
          .failsWithin(java.time.Duration.ofSeconds(20))
          .withThrowableOfType(java.util.concurrent.ExecutionException.class)
          .withCauseInstanceOf(IllegalStateException.class);
      socket.sendTextAsync("b", true);
      assertThat(socket.receive()).contains(new WebSocketMessage.Text("ab"));
    }
  }

  @Test
  void aBombDoesNotFillTheMemory() throws Exception {
    byte[] bomb = bomb(256 << 20);
    assertThat(bomb.length).isLessThan(1 << 20);
    CompletableFuture<Integer> code = new CompletableFuture<>();
    RawServer server =
        world.raw(
            peer -> {
              peer.handshakeWithCompression();
              peer.frame(0xC2, bomb);
              code.complete(peer.readClose().code());
            });
    AtomicLong heard = new AtomicLong();
    WebSocketListener counting =
        new WebSocketListener() {
          @Override
          public CompletionStage<?> onBinary(
              WebSocketSession socket, ByteBuffer part, boolean last) {
            heard.addAndGet(part.remaining());
            return READY;
          }
        };
    world.session().webSocket(server.origin()).maxMessageSize(1 << 20).connect(counting);
    assertThat(code.get(20, TimeUnit.SECONDS)).isEqualTo(1009);
    assertThat(heard.get()).isLessThanOrEqualTo(1 << 20);
  }

  private static byte[] bomb(int size) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 * 1024];
    byte[] zeros = new byte[1 << 20];
    for (int i = 0; i < size; i += zeros.length) {
      deflater.setInput(zeros);
      int n = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      out.write(buffer, 0, n);
    }
    deflater.end();
    byte[] all = out.toByteArray();
    return java.util.Arrays.copyOf(all, all.length - 4);
  }
}
