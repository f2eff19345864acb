package org.sessionregistry.servers.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;

/**
 * Many requests at once: on one connection as far as the server lets them, then on a further one.
 */
class Http2StreamsTest {
  @RegisterExtension final Http2World world = new Http2World();

  private static List<CompletableFuture<String>> send(ClientSession session, String path, int n) {
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      all.add(session.get(path).sendAsync().thenCompose(Response::textAsync));
    }
    return all;
  }

  private static void assertAll(List<CompletableFuture<String>> all, String text) throws Exception {
    for (CompletableFuture<String> one : all) {
      assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(text);
    }
  }

  @Test
  void aHundredRequestsShareOneConnection() throws Exception {
    JettyServer server = world.jetty(JettyServer.Options.CLEARTEXT);
    ClientSession session = world.session(server.origin());
    session.get("/bytes/1").send().bytes();
    List<CompletableFuture<String>> all = send(session, "/gate", 100);
    Until.is("a hundred requests at the server", () -> server.waiting() == 100);
    assertThat(server.accepted()).isEqualTo(1);
    server.openGate();
    assertAll(all, "through");
  }

  @Test
  void aFurtherConnectionIsOpenedWhenTheServersLimitIsReached() throws Exception {
    JettyServer server = world.jetty(JettyServer.Options.CLEARTEXT.withMaxStreams(2));
    ClientSession session = world.session(server.origin());
    session.get("/bytes/1").send().bytes();
    List<CompletableFuture<String>> all = send(session, "/gate", 6);
    Until.is("six requests at the server", () -> server.waiting() == 6);
    assertThat(server.accepted()).isEqualTo(3);
    server.openGate();
    assertAll(all, "through");
  }

  @Test
  void theSessionsOwnLimitOfStreamsIsKept() throws Exception {
    JettyServer server = world.jetty(JettyServer.Options.CLEARTEXT);
    ClientSession session =
        world.session(server.origin(), s -> s.pool(p -> p.withMaxStreamsPerConnection(3)));
    session.get("/bytes/1").send().bytes();
    List<CompletableFuture<String>> all = send(session, "/gate", 6);
    Until.is("six requests at the server", () -> server.waiting() == 6);
    assertThat(server.accepted()).isEqualTo(2);
    server.openGate();
    assertAll(all, "through");
  }

  @Test
  void whereNoFurtherConnectionIsAllowedRequestsWaitForAStream() throws Exception {
    JettyServer server = world.jetty(JettyServer.Options.CLEARTEXT.withMaxStreams(4));
    ClientSession session =
        world.session(
            server.origin(),
            s -> s.pool(p -> p.withMaxConnections(1).withMaxConnectionsPerHost(1)));
    List<CompletableFuture<String>> first = send(session, "/gate", 20);
    Until.is("four requests at the server", () -> server.waiting() == 4);
    Until.is("the others wait", () -> session.statistics().pool().waiting() == 16);
    server.openGate();
    assertAll(first, "through");
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void aReaderWhoPausesHoldsNobodyUp() throws Exception {
    JettyServer server = world.jetty(JettyServer.Options.CLEARTEXT);
    ClientSession session =
        world.session(server.origin(), s -> s.pool(p -> p.withMaxConnectionsPerHost(1)));
    List<Response> paused = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      paused.add(session.get("/bytes/" + (4 << 20)).send());
    }
    for (int i = 0; i < 50; i++) {
      assertThat(session.get("/bytes/100000").send().bytes()).hasSize(100_000);
    }
    for (Response response : paused) {
      assertThat(response.bytes()).hasSize(4 << 20);
    }
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void aRequestThatIsCancelledLeavesTheOthersAlone() throws Exception {
    JettyServer server = world.jetty(JettyServer.Options.CLEARTEXT);
    ClientSession session = world.session(server.origin());
    session.get("/bytes/1").send().bytes();
    List<CompletableFuture<String>> all = send(session, "/gate", 10);
    CompletableFuture<Response> unwanted = session.get("/gate").sendAsync();
    Until.is("all requests at the server", () -> server.waiting() == 11);
    unwanted.cancel(true);
    server.openGate();
    assertAll(all, "through");
    assertThat(session.get("/bytes/10").send().bytes()).hasSize(10);
    assertThat(server.accepted()).isEqualTo(1);
    assertThat(session.statistics().cancelled()).isEqualTo(1);
  }

  @Test
  void aServerThatGoesAwayFinishesWhatItHasBegun() throws Exception {
    JettyServer server = world.jetty(JettyServer.Options.CLEARTEXT);
    ClientSession session = world.session(server.origin());
    List<CompletableFuture<String>> all = send(session, "/gate", 5);
    Until.is("all requests at the server", () -> server.waiting() == 5);
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<?> stopped =
          thread.submit(
              () -> {
                server.stopGracefully();
                return null;
              });
      server.openGate();
      assertAll(all, "through");
      stopped.get(20, TimeUnit.SECONDS);
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void manyThreadsGetTheirOwnAnswers() throws Exception {
    JettyServer server = world.jetty(JettyServer.Options.CLEARTEXT.withMaxStreams(20));
    ClientSession session = world.session(server.origin());
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        int length = i;
        all.add(threads.submit(() -> session.get("/bytes/" + length).send().bytes().length));
      }
      for (int i = 0; i < all.size(); i++) {
        assertThat(all.get(i).get(20, TimeUnit.SECONDS)).isEqualTo(i);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(session.statistics().failed()).isZero();
  }
}
