package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.RequestBody;
import org.sessionregistry.ResponseBodyException;
import org.sessionregistry.ServerSentEvent;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;

class EventStreamTest implements Flow.Subscriber<ServerSentEvent> {
  private final World world = World.simple();
  private final List<String> got = new ArrayList<>();
  private Flow.Subscription subscription;
  private Throwable failure;
  private int completions;

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
  }

  @Override
  public void onNext(ServerSentEvent event) {
    got.add(event.data());
  }

  @Override
  public void onError(Throwable thrown) {
    failure = thrown;
  }

  @Override
  public void onComplete() {
    completions++;
  }

  private FakeConnection subscribed() {
    world.get("/events").events().subscribe(this);
    subscription.request(Long.MAX_VALUE);
    return world.connection();
  }

  private FakeConnection opened() {
    return subscribed().sent().head(200, "Content-Type", "Text/Event-Stream;charset=utf-8");
  }

  private String header(String name) {
    String[] fields = world.connection().request.headers();
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        return fields[i + 1];
      }
    }
    return null;
  }

  private boolean isConnectedAgainAfter(Duration wait) {
    world.time.advance(wait.minus(World.TICK));
    boolean early = world.connection().isBusy();
    world.time.advance(World.TICK);
    return !early && world.connection().isBusy();
  }

  @Test
  void theRequestSaysWhatItWants() {
    // WHATWG HTML section 9.2.2
    subscribed();
    assertThat(header("Accept")).isEqualTo("text/event-stream");
    assertThat(header("Cache-Control")).isEqualTo("no-store");
    assertThat(header("Last-Event-ID")).isNull();
  }

  @Test
  void whatTheRequestSetsItselfIsKept() {
    world.get("/").header("accept", "a/b").events().subscribe(this);
    assertThat(header("Accept")).isEqualTo("a/b");
  }

  @Test
  void eventsComeAsTheyAreAskedFor() {
    world.get("/events").events().subscribe(this);
    world.connection().sent().head(200, "Content-Type", "text/event-stream");
    world.connection().data("data:1\n\ndata:2\n\n");
    assertThat(got).isEmpty();
    subscription.request(1);
    assertThat(got).containsExactly("1");
    subscription.request(1);
    assertThat(got).containsExactly("1", "2");
  }

  @Test
  void afterItsEndTheStreamIsTakenUpAgainWhereItEnded() {
    // section 9.2.3
    opened().data("id:é1\ndata:a\n\nid:2\ndata:lost\n").end();
    assertThat(got).containsExactly("a");
    assertThat(isConnectedAgainAfter(Duration.ofSeconds(3))).isTrue();
    assertThat(header("Last-Event-ID")).isEqualTo("Ã©1"); // UTF-8, a character for each byte
  }

  @Test
  void theServerSaysHowLongToWait() {
    opened().data("retry:250\n\n").end();
    assertThat(isConnectedAgainAfter(Duration.ofMillis(250))).isTrue();
  }

  @Test
  void afterFailuresTheWaitGrowsUpToAMinute() {
    opened().data("retry:5000\n\n").fail(Kind.TRUNCATED);
    for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
      assertThat(isConnectedAgainAfter(Duration.ofSeconds(seconds))).as(seconds + "s").isTrue();
      world.connection().fail(Kind.CLOSED_UNANSWERED);
    }
    world.time.advance(Duration.ofSeconds(60));
    world.connection().sent().head(200, "Content-Type", "text/event-stream").end();
    assertThat(isConnectedAgainAfter(Duration.ofSeconds(5))).isTrue();
    assertThat(failure).isNull();
  }

  @Test
  void noContentIsTheEnd() {
    subscribed().respond(204, "");
    assertThat(completions).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({"500, text/event-stream", "200, text/html", "200, ", "206, text/event-stream"})
  void anotherAnswerIsAFailure(int status, String type) {
    String[] fields = type == null ? new String[0] : new String[] {"Content-Type", type};
    subscribed().sent().head(status, fields).end();
    assertThat(failure)
        .isInstanceOf(ResponseBodyException.class)
        .hasMessageContaining("GET http://a/events")
        .hasMessageContaining("status " + status)
        .hasMessageContaining(type == null ? "without a content type" : type);
    world.assertNothingIsLeft();
  }

  @Test
  void cancellingEndsAnOpenStream() {
    FakeConnection connection = opened().data("data:1\n\n");
    subscription.cancel();
    assertThat(connection.isDiscarding()).isTrue();
    assertThat(failure).isNull();
  }

  @Test
  void cancellingEndsTheWait() {
    opened().end();
    subscription.cancel();
    world.assertNothingIsLeft();
  }

  @Test
  void cancellingEndsTheConnecting() {
    FakeConnection connection = subscribed();
    subscription.cancel();
    assertThat(connection.closed).isTrue();
    world.assertNothingIsLeft();
  }

  @Test
  void theEndOfTheSessionEndsAnOpenStream() {
    FakeConnection connection = opened().data("data:1\n\n");
    world.context.enter(SessionContext.Stage.CLOSING);
    assertThat(failure).isInstanceOf(SessionClosedException.class);
    assertThat(connection.isDiscarding()).isTrue();
  }

  @Test
  void theEndOfTheSessionEndsTheWait() {
    opened().end();
    world.context.enter(SessionContext.Stage.CLOSING);
    assertThat(failure).isInstanceOf(SessionClosedException.class);
    world.assertNothingIsLeft();
  }

  @Test
  void aClosedSessionGivesNoEvents() {
    world.context.enter(SessionContext.Stage.CLOSING);
    world.get("/events").events().subscribe(this);
    assertThat(failure).isInstanceOf(SessionClosedException.class);
  }

  @Test
  void noLimitOfTimeAppliesButTheRequestsOwn() {
    World limited = World.with(s -> s.timeout(Duration.ofSeconds(1)));
    limited.get("/events").events().subscribe(this);
    limited.connection().sent().head(200, "Content-Type", "text/event-stream");
    limited.time.advance(Duration.ofHours(1));
    assertThat(limited.connection().isBusy()).isTrue();
  }

  @Test
  void aBodyThatCannotBeSentAgainIsRefused() {
    RequestBody once = RequestBody.ofInputStream(new ByteArrayInputStream(new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> world.request("POST", "/").body(once).events());
  }

  @Test
  void aDemandOfNothingIsRefused() {
    // Reactive Streams 1.0.4 rule 3.9
    opened();
    subscription.request(0);
    assertThat(failure).isInstanceOf(IllegalArgumentException.class);
  }
}
