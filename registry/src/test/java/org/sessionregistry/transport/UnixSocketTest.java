package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;
import org.sessionregistry.connector.Route;

/** Connections over real Unix domain sockets, and what can be wrong with a path. */
class UnixSocketTest {
  @RegisterExtension final DialWorld world = new DialWorld();
  @TempDir Path directory;
  private final List<SocketChannel> filling = new ArrayList<>();

  @AfterEach
  void closeAll() throws IOException {
    for (SocketChannel channel : filling) {
      channel.close();
    }
  }

  @Test
  void aRequestGoesOverTheSocketAndNobodyIsAskedForTheHost() throws Exception {
    try (ServerSocketChannel server = server(50)) {
      DialWorld.Outcome outcome = world.dialKept(dialer(path()), "web", 80);
      CompletableFuture<Integer> status = new CompletableFuture<>();
      Thread client = new Thread(() -> status.complete(get(outcome)));
      client.start();
      try (SocketChannel accepted = server.accept()) {
        ByteBuffer request = ByteBuffer.allocate(1000);
        accepted.read(request);
        assertThat(new String(request.array(), 0, request.position(), StandardCharsets.US_ASCII))
            .startsWith("GET / HTTP/1.1\r\nHost: web\r\n");
        accepted.write(
            ByteBuffer.wrap("HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        assertThat(status.get(10, TimeUnit.SECONDS)).isEqualTo(204);
      }
      client.join();
      outcome.close();
      assertThat(world.lookup.asked()).isEmpty();
      assertThat(world.resolver.watchedHosts()).isZero();
      assertThat(world.time.pending()).isZero();
    }
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    assertThat(failure(path()).message())
        .isEqualTo(
            "cannot connect to unix-socket "
                + path()
                + " for http://web: No such file or directory");
  }

  @Test
  void aFileThatIsNoSocketRefuses() throws Exception {
    Files.createFile(path());

    assertThat(failure(path()).message())
        .isEqualTo(
            "cannot connect to unix-socket " + path() + " for http://web: Connection refused");
  }

  @Test
  void aSocketWithoutServerRefuses() throws Exception {
    server(50).close();

    assertThat(failure(path()).message()).endsWith(path() + " for http://web: Connection refused");
  }

  @Test
  void aPathThatIsTooLongIsNamed() throws Exception {
    Path tooLong = directory.resolve("s".repeat(150));

    assertThat(failure(tooLong).message())
        .isEqualTo(
            "cannot connect to unix-socket "
                + tooLong
                + " for http://web: Unix domain path too long");
  }

  @Test
  void aServerThatIsBusyIsWaitedFor() throws Exception {
    try (ServerSocketChannel server = server(1)) {
      fill();
      DialWorld.Outcome outcome = world.dial(dialer(path()), "web", 80);
      pass(Duration.ofSeconds(1));
      assertThat(outcome.opened).isNotDone();
      assertThat(outcome.failed).isNotDone();
      server.accept().close();
      pass(Duration.ofMillis(100));

      outcome.awaitOpened();
      assertThat(world.time.pending()).isZero();
    }
  }

  @Test
  void theLimitOfConnectingHoldsForAServerThatIsBusy() throws Exception {
    try (ServerSocketChannel server = server(1)) {
      fill();
      DialWorld.Outcome outcome = world.dial(dialer(path()), "web", 80);
      pass(Duration.ofSeconds(30));

      assertThat(server.isOpen()).isTrue();
      assertThat(outcome.failure().kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
      assertThat(outcome.failure().message())
          .isEqualTo(
              "unix-socket " + path() + " for http://web did not accept a connection (no answer)");
      assertThat(world.time.pending()).isZero();
    }
  }

  @Test
  void anAbortEndsTheWaitForABusyServer() throws Exception {
    try (ServerSocketChannel server = server(1)) {
      fill();
      DialWorld.Outcome outcome = new DialWorld.Outcome();
      Dialer.Dial dial = dialer(path()).dial(new Route("http", "web", 80), outcome);
      pass(Duration.ofMillis(100));
      dial.abort();

      assertThat(outcome.failure().kind()).isEqualTo(Kind.ABORTED);
      assertThat(world.time.pending()).isZero();
      assertThat(server.isOpen()).isTrue();
    }
  }

  private DialFailure failure(Path path) throws Exception {
    DialFailure failure = world.dial(dialer(path), "web", 80).failure();
    assertThat(failure.kind()).isEqualTo(Kind.CONNECT_FAILED);
    assertThat(failure.cause()).isInstanceOf(IOException.class);
    assertThat(world.time.pending()).isZero();
    return failure;
  }

  private static int get(DialWorld.Outcome outcome) {
    try {
      return OneExchange.get(outcome.opened.get(10, TimeUnit.SECONDS));
    } catch (ExecutionException failed) {
      throw new AssertionError(failed);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lets time pass in small steps, and the loop do what is due in each. */
  private void pass(Duration duration) throws Exception {
    for (long millis = 0; millis < duration.toMillis(); millis += 10) {
      world.settle();
      world.time.advance(Duration.ofMillis(10));
    }
    world.settle();
  }

  /** Connects until the server has no room for more. */
  private void fill() {
    for (int i = 0; i < 100; i++) {
      try {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        filling.add(channel);
        channel.configureBlocking(false);
        channel.connect(UnixDomainSocketAddress.of(path()));
      } catch (ConnectException refused) {
        assumeTrue(false, "a server that is busy does not refuse on this system");
      } catch (IOException full) {
        return;
      }
    }
    assumeTrue(false, "a server may be too busy to accept on this system");
  }

  private ServerSocketChannel server(int backlog) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path()), backlog);
    return server;
  }

  private Path path() {
    return directory.resolve("sock");
  }

  private Dialer dialer(Path path) {
    return world.dialerOf(settings -> settings.unixSocket(path));
  }
}
