package org.sessionregistry.servers.bodies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.ServerSentEvent;
import org.sessionregistry.SessionClosedException;

/** Lines and events as they come, from servers that take their time. */
class EventsTest {
  @RegisterExtension final World world = new World();

  /** Keeps what it is given. */
  private static final class Listener implements Flow.Subscriber<ServerSentEvent> {
    final List<String> got = new CopyOnWriteArrayList<>();
    final CompletableFuture<Void> end = new CompletableFuture<>();
    volatile Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ServerSentEvent event) {
      got.add(event.lastEventId() + ":" + event.data());
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }

  private static void send(OutputStream out, String text) throws Exception {
    out.write(text.getBytes(UTF_8));
    out.flush();
  }

  @ParameterizedTest
  @EnumSource
  void linesAreGivenBeforeTheBodyIsOver(Peer peer) throws Exception {
    CountDownLatch gate = world.gate();
    ClientSession session =
        world.session(
            peer,
            call -> {
              call.with("Link", "</lines?page=2>; rel=\"next\"");
              call.with("Set-Cookie", "a=b; Max-Age=5");
              OutputStream out = call.output();
              send(out, "one\r");
              send(out, "\ntwo\n");
              World.pass(gate);
              send(out, "three");
              out.close();
            });
    try (Response response = session.get("/lines").send();
        Stream<String> lines = response.lines()) {
      assertThat(response.link("next").orElseThrow().target())
          .isEqualTo(response.uri().resolve("/lines?page=2"));
      assertThat(response.cookies()).extracting(c -> c.name()).containsExactly("a");
      List<String> got = new CopyOnWriteArrayList<>();
      lines.forEach(
          line -> {
            got.add(line);
            if (line.equals("two")) {
              gate.countDown();
            }
          });
      assertThat(got).containsExactly("one", "two", "three");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theEventsOfOneResponseAreRead(Peer peer) throws Exception {
    ClientSession session =
        world.session(peer, call -> call.reply("event:x\ndata: ü\nid: 7\n\ndata: end\n\n"));
    try (Response response = session.get("/events").send()) {
      assertThat(response.events())
          .containsExactly(
              new ServerSentEvent("x", "ü", "7"), new ServerSentEvent("message", "end", "7"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStreamIsTakenUpAgainUntilTheServerEndsIt(Peer peer) throws Exception {
    List<String> ids = new CopyOnWriteArrayList<>();
    ClientSession session =
        world.session(
            peer,
            call -> {
              ids.add(call.header("Last-Event-ID"));
              if (ids.size() == 4) {
                call.status(204);
                return;
              }
              call.with("Content-Type", "text/event-stream");
              send(call.output(), "retry: 1\nid: e" + ids.size() + "\ndata: x\n\ndata: lost");
            });
    Listener listener = new Listener();
    session.get("/events").events().subscribe(listener);
    listener.end.get(20, TimeUnit.SECONDS);
    assertThat(listener.got).containsExactly("e1:x", "e2:x", "e3:x");

    assertThat(ids).containsExactly("", "e1", "e2", "e3");
  }

  @ParameterizedTest
  @EnumSource
  void anOpenStreamDoesNotHoldUpTheEndOfItsSession(Peer peer) throws Exception {
    CountDownLatch gate = world.gate();
    ClientSession session =
        world.session(
            peer,
            call -> {
              call.with("Content-Type", "text/event-stream");
              send(call.output(), "data: x\n\n");
              World.pass(gate);
            });
    Listener listener = new Listener();
    session.get("/events").events().subscribe(listener);
    World.until("an event", () -> !listener.got.isEmpty());
    session.closeAsync().toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(listener.end)
        .failsWithin(java.time.Duration.ofSeconds(20))
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCauseInstanceOf(SessionClosedException.class);
    gate.countDown();
  }

  @ParameterizedTest
  @EnumSource
  void aListenerThatGoesEndsTheExchange(Peer peer) throws Exception {
    CountDownLatch gate = world.gate();
    ClientSession session =
        world.session(
            peer,
            call -> {
              call.with("Content-Type", "text/event-stream");
              send(call.output(), "data: x\n\n");
              World.pass(gate);
            });
    Listener listener = new Listener();
    session.get("/events").events().subscribe(listener);
    World.until("an event", () -> !listener.got.isEmpty());
    listener.subscription.cancel();
    World.until("no exchange", () -> session.statistics().inFlight() == 0);
    gate.countDown();
  }
}
