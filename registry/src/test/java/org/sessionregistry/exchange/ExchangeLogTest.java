package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.Headers;
import org.sessionregistry.Response;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.settings.LogDetail;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** What a session writes to its log, and what it never does. */
class ExchangeLogTest {
  private static final Logger LOGGER = Logger.getLogger("org.sessionregistry.log.s");

  private final List<LogRecord> logged = new ArrayList<>();
  private final Handler handler = new Recording();

  @BeforeEach
  void listen() {
    LOGGER.addHandler(handler);
    LOGGER.setUseParentHandlers(false);
    LOGGER.setLevel(Level.INFO);
  }

  @AfterEach
  void stopListening() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
    LOGGER.setLevel(null);
  }

  private static World world(LogDetail detail, UnaryOperator<SessionSettingsBuilder> change) {
    return World.with(s -> change.apply(s.log(detail)), SessionHooks.NONE);
  }

  private List<String> lines() {
    return logged.stream().map(LogRecord::getMessage).toList();
  }

  @Test
  void anExchangeIsOneLineWhenItHasEnded() {
    World world = world(LogDetail.SUMMARY, s -> s);
    CompletableFuture<Response> future =
        world.send(world.request("PUT", "/x?q=s3cret").body("text"));
    world.connection().written(4).sent().head(200, "Set-Cookie", "a=s3cret").data("abc");
    assertThat(lines()).isEmpty();
    world.time.advance(Duration.ofMillis(35));
    world.connection().end();
    assertThat(lines()).containsExactly("PUT http://a/x?…, 200, 35 ms, 4 bytes sent, 3 received");
    assertThat(logged.get(0).getLevel()).isEqualTo(Level.INFO);
    assertThat(future).isCompleted();
  }

  @Test
  void redirectsAndRetriesAreCounted() {
    World world =
        world(LogDetail.SUMMARY, s -> s.retries(r -> r.withMax(2).withBackoff(Duration.ZERO)));
    world.send();
    world.connection().sent().head(302, "Location", "/y").end();
    world.connection().sent().head(503).end();
    world.connection().sent().head(503).end();
    world.connection().sent().head(200).end();
    assertThat(lines())
        .containsExactly(
            "GET http://a/y, 200, 0 ms, 0 bytes sent, 0 received, redirect, retry × 2");
  }

  @Test
  void aFailureSaysItsKind() {
    World world = world(LogDetail.SUMMARY, s -> s);
    world.send();
    world.connection().finishClose();
    assertThat(lines())
        .containsExactly("GET http://a/x, failed CONNECTION_LOST, 0 ms, 0 bytes sent, 0 received");
    assertThat(logged.get(0).getLevel()).isEqualTo(Level.WARNING);
  }

  @Test
  void whatIsGivenUpSaysSo() {
    World world = world(LogDetail.SUMMARY, s -> s);
    world.send().cancel(true);
    assertThat(lines()).containsExactly("GET http://a/x, given up, 0 ms, 0 bytes sent, 0 received");
  }

  @Test
  void headersOfEveryRequestAndAnswerAreShownWithoutSecrets() {
    World world =
        world(
            LogDetail.HEADERS, s -> s.header("X-Custom", "s3cret").header("Accept", "text/plain"));
    world.send(
        world
            .request("GET", "/x")
            .header("X-Own", "visible")
            .bearerAuth("s3cret")
            .cookie("sid", "s3cret"));
    world
        .connection()
        .sent()
        .head(302, "Location", "/y?code=s3cret", "Set-Cookie", "a=s3cret")
        .end();
    world.connection().sent().head(200, "Content-Type", "text/html").end();
    assertThat(lines()).hasSize(5).noneMatch(line -> line.contains("s3cret"));
    assertThat(lines().get(0))
        .startsWith("GET http://a/x, sends {")
        .contains(
            "X-Own: visible",
            "Authorization: *****",
            "X-Custom: *****",
            "Accept: text/plain",
            "Cookie: *****");
    assertThat(lines().get(1))
        .isEqualTo("GET http://a/x, gets 302 {Location: /y?…, Set-Cookie: *****}");
    assertThat(lines().get(2)).startsWith("GET http://a/y?…, sends {");
    assertThat(lines().get(3)).isEqualTo("GET http://a/y?…, gets 200 {Content-Type: text/html}");
    assertThat(lines().get(4)).startsWith("GET http://a/y?…, 200, ");
  }

  @Test
  void aLoggerThatIsSilentIsToldNothing() {
    LOGGER.setLevel(Level.OFF);
    World world = world(LogDetail.HEADERS, s -> s);
    world.send();
    world.connection().respond(200, "x");
    assertThat(lines()).isEmpty();
  }

  @Test
  void withoutALogThereIsNobodyToTell() {
    assertThat(world(LogDetail.NONE, s -> s).context.notices).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Accept          | text/plain        | text/plain",
        "accept          | text/plain        | text/plain",
        "X-Of-Settings   | value             | *****",
        "x-of-settings   | value             | *****",
        "X-Api-Key       | value             | *****",
        "Set-Cookie      | a=b               | *****",
        "Proxy-Authorization | Basic x       | *****",
        "Location        | http://u:p@h/?a=b | http://*****@h/?…",
        "Referer         | /a?b              | /a?…",
        "Server          | nginx             | nginx",
      })
  void aFieldIsShownIfItCanBeNoSecret(String name, String value, String shown) {
    LoggedHeaders headers = new LoggedHeaders(List.of("Accept", "X-Of-Settings"));
    assertThat(headers.text(Headers.of(name, value))).isEqualTo("{" + name + ": " + shown + "}");
  }

  /** Keeps what is logged. */
  private final class Recording extends Handler {
    @Override
    public void publish(LogRecord line) {
      logged.add(line);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
