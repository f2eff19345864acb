package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.sessionregistry.CredentialsException;
import org.sessionregistry.FailureKind;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.TotalTimeoutException;
import org.sessionregistry.WebSocketHandshakeException;
import org.sessionregistry.WebSocketSession;
import org.sessionregistry.settings.AuthSettings;

/** Who a session says it is when it opens a WebSocket. */
class WebSocketCredentialsTest {
  private static final String DIGEST =
      "Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=SHA-256";

  /** The answers of the token supplier, which the test completes. */
  private final List<CompletableFuture<String>> tokens = new ArrayList<>();

  private World suppliedWorld() {
    return World.with(
        UnaryOperator.identity(),
        SessionHooks.builder()
            .tokens(
                () -> {
                  CompletableFuture<String> token = new CompletableFuture<>();
                  tokens.add(token);
                  return token;
                })
            .build());
  }

  private static World worldOf(AuthSettings auth) {
    return World.with(s -> s.auth(auth));
  }

  private static void closeNormally(World world) {
    world.webSocket().finishClose();
    world.assertNothingIsLeft();
  }

  @Test
  void nothingIsDialledBeforeTheTokenIsThere() {
    World world = suppliedWorld();
    CompletableFuture<WebSocketSession> future = world.webSocket("/x").connectAsync();

    assertThat(world.dialer.dials()).isZero();
    assertThat(world.pool().waiting()).isZero();
    assertThat(world.statistics().inFlight()).isEqualTo(1);

    tokens.get(0).complete("t1");
    assertThat(world.webSocket().header("Authorization")).isEqualTo("Bearer t1");
    world.webSocket().agree();
    assertThat(future).isCompleted();
    closeNormally(world);
  }

  @Test
  void aTokenIsUsedAgain() {
    World world = suppliedWorld();
    world.webSocket("/x").connectAsync();
    tokens.get(0).complete("t1");
    world.webSocket().agree();
    world.webSocket().finishClose();

    world.webSocket("/y").connectAsync();
    assertThat(world.webSocket().header("Authorization")).isEqualTo("Bearer t1");
    assertThat(tokens).hasSize(1);
    world.webSocket().agree();
    closeNormally(world);
  }

  @Test
  void aRefusedTokenIsAskedForOnceMore() {
    World world = suppliedWorld();
    CompletableFuture<WebSocketSession> future = world.webSocket("/x").connectAsync();
    tokens.get(0).complete("old");
    FakeWebSocketConnection first = world.webSocket();
    first.sent().head(401);

    assertThat(first.closed).isTrue();
    assertThat(world.dialer.dials()).isEqualTo(1);
    tokens.get(1).complete("new");
    assertThat(world.webSocket().header("Authorization")).isEqualTo("Bearer new");
    world.webSocket().agree();
    assertThat(future).isCompleted();
    closeNormally(world);
  }

  @Test
  void aTokenThatIsRefusedTwiceIsTheEnd() {
    World world = suppliedWorld();
    CompletableFuture<WebSocketSession> future = world.webSocket("/x").connectAsync();
    tokens.get(0).complete("old");
    world.webSocket().sent().head(401);
    tokens.get(1).complete("new");
    world.webSocket().sent().head(401).end();

    WebSocketHandshakeException failure = World.failure(future, WebSocketHandshakeException.class);
    assertThat(failure.status()).hasValue(401);
    assertThat(failure).hasMessageNotContaining("new");
    assertThat(tokens).hasSize(2);
    world.assertNothingIsLeft();
  }

  @Test
  void aDigestAnswersTheChallenge() {
    World world = worldOf(AuthSettings.digest("user", "password"));
    CompletableFuture<WebSocketSession> future =
        world.webSocket("/x").query("a", "b").connectAsync();
    assertThat(world.webSocket().header("Authorization")).isNull();
    world.webSocket().sent().head(401, "WWW-Authenticate", DIGEST);

    assertThat(world.webSocket().header("Authorization"))
        .startsWith("Digest username=\"user\"")
        .contains("nonce=\"n1\"", "uri=\"/x?a=b\"", "nc=00000001");
    world.webSocket().agree("Authentication-Info", "nextnonce=\"n2\"");
    assertThat(future).isCompleted();
    world.webSocket().finishClose();

    world.webSocket("/x").connectAsync();
    assertThat(world.webSocket().header("Authorization")).contains("nonce=\"n2\"");
    world.webSocket().agree();
    closeNormally(world);
  }

  @Test
  void aNonceThatIsWantedNextOnceMoreGoesOnWithItsCount() { // RFC 7616 section 3.5
    World world = worldOf(AuthSettings.digest("user", "password"));
    world.webSocket("/x").connectAsync();
    world.webSocket().sent().head(401, "WWW-Authenticate", DIGEST);
    world.webSocket().agree("Authentication-Info", "nextnonce=\"n1\"");
    world.webSocket().finishClose();

    world.webSocket("/x").connectAsync();
    assertThat(world.webSocket().header("Authorization")).contains("nonce=\"n1\"", "nc=00000002");
    world.webSocket().agree();
    closeNormally(world);
  }

  @Test
  void anotherOriginHasNoSayInTheNonce() {
    World world = worldOf(AuthSettings.digest("user", "password"));
    world.webSocket("/x").connectAsync();
    world.webSocket().sent().head(401, "WWW-Authenticate", DIGEST);
    world.webSocket().agree();
    world.webSocket().finishClose();
    world.send(world.get("http://b/"));
    world.connection().sent().head(200, "Authentication-Info", "nextnonce=\"evil\"").end();

    world.send(world.get("http://a/"));
    assertThat(world.connection().request.headers())
        .anyMatch(field -> field.contains("nonce=\"n1\""));
    world.connection().sent().head(200).end();
    world.assertNothingIsLeft();
  }

  @Test
  void aFixedAnswerIsNotSentTwice() {
    World world = worldOf(AuthSettings.basic("user", "password"));
    CompletableFuture<WebSocketSession> future = world.webSocket("/x").connectAsync();
    assertThat(world.webSocket().header("Authorization")).startsWith("Basic ");
    world.webSocket().sent().head(401).end();

    assertThat(World.failure(future, WebSocketHandshakeException.class).status()).hasValue(401);
    assertThat(world.dialer.dials()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  @Test
  void anotherOriginIsToldNothing() {
    World world = suppliedWorld();
    world.webSocket("ws://b/x").connectAsync();

    assertThat(world.webSocket().header("Authorization")).isNull();
    assertThat(tokens).isEmpty();
    world.webSocket().agree();
    closeNormally(world);
  }

  @Test
  void whatTheApplicationSaysComesFirst() {
    World world = suppliedWorld();
    CompletableFuture<WebSocketSession> future =
        world.webSocket("/x").bearerAuth("mine").connectAsync();

    assertThat(world.webSocket().header("Authorization")).isEqualTo("Bearer mine");
    world.webSocket().sent().head(401).end();
    World.failure(future, WebSocketHandshakeException.class);
    assertThat(tokens).isEmpty();
    world.assertNothingIsLeft();
  }

  @Test
  void aSupplierThatFailsFailsTheOpening() {
    World world = suppliedWorld();
    CompletableFuture<WebSocketSession> future = world.webSocket("/x").connectAsync();
    tokens.get(0).completeExceptionally(new IllegalStateException("no login"));

    assertThat(World.failure(future, CredentialsException.class))
        .hasMessageContaining("no login")
        .hasRootCauseMessage("no login");
    assertThat(world.dialer.dials()).isZero();
    world.assertNothingIsLeft();
  }

  // ---- the end while a token is awaited -------------------------------------------------------

  @Test
  void anOpeningThatIsCancelledMeanwhileLeavesNothing() {
    World world = suppliedWorld();
    CompletableFuture<WebSocketSession> future = world.webSocket("/x").connectAsync();
    future.cancel(true);

    assertThat(world.statistics().cancelled()).isEqualTo(1);
    neverDialled(world);
    world.close(); // nobody is there to be told
    assertThat(world.statistics().failed()).isZero();
  }

  @Test
  void anOpeningThatTakesTooLongMeanwhileLeavesNothing() {
    World world = suppliedWorld();
    CompletableFuture<WebSocketSession> future =
        world.webSocket("/x").timeout(Duration.ofSeconds(1)).connectAsync();
    world.time.advance(Duration.ofSeconds(1));

    World.failure(future, TotalTimeoutException.class);
    neverDialled(world);
  }

  @Test
  void theSessionsCloseEndsTheWait() {
    World world = suppliedWorld();
    CompletableFuture<WebSocketSession> future = world.webSocket("/x").connectAsync();
    world.close();

    World.failure(future, SessionClosedException.class);
    assertThat(world.statistics().failed(FailureKind.SESSION_CLOSED)).isEqualTo(1);
    neverDialled(world);
  }

  @Test
  void anOpeningThatIsCancelledBeforeTheSecondTokenLeavesNothing() {
    World world = suppliedWorld();
    CompletableFuture<WebSocketSession> future = world.webSocket("/x").connectAsync();
    tokens.get(0).complete("old");
    world.webSocket().sent().head(401);
    future.cancel(true);

    tokens.get(1).complete("new");
    assertThat(world.dialer.dials()).isEqualTo(1);
    world.assertNothingIsLeft();
  }

  private void neverDialled(World world) {
    tokens.get(0).complete("t1");
    assertThat(world.dialer.dials()).isZero();
    world.assertNothingIsLeft();
  }
}
