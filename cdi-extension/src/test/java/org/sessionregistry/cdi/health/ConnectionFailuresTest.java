package org.sessionregistry.cdi.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ExchangeView;
import org.sessionregistry.FailedAttempt;
import org.sessionregistry.FailureKind;
import org.sessionregistry.Headers;
import org.sessionregistry.SessionException;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.EgressSettings;
import org.sessionregistry.settings.SessionSettings;

/** Which failures count, and for how long. */
class ConnectionFailuresTest {
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private final AtomicLong nanos = new AtomicLong(TimeUnit.DAYS.toNanos(-1));
  private final ConnectionFailures failures = new ConnectionFailures(nanos::get);
  private final SessionRegistry registry = SessionRegistry.builder().build();
  private final ExchangeView exchange =
      (ExchangeView)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {ExchangeView.class},
              (proxy, method, arguments) -> null);

  @AfterEach
  void close() {
    registry.close();
  }

  /** A real one: nobody listens on port 1 of an address that is set aside for that. */
  private SessionException refused(boolean byRule) throws Exception {
    SessionSettings settings =
        SessionSettings.builder("s" + registry.names().size())
            .baseUrl(URI.create("http://127.0.0.1:1/"))
            .egress(
                e -> byRule ? EgressSettings.DEFAULTS.withDeny(java.util.List.of("private")) : e)
            .build();
    try (ClientSession session = registry.open(settings)) {
      session.get("x").send().close();
      throw new AssertionError("somebody listens on port 1");
    } catch (SessionException e) {
      return e;
    }
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void thoseInARowAreCounted() throws Exception {
    SessionException refused = refused(false);
    assertThat(failures.recent(WINDOW)).isZero();
    assertThat(failures.last()).isEmpty();
    failures.failed(exchange, refused);
    failures.retrying(
        exchange, new FailedAttempt(OptionalInt.empty(), Optional.of(refused), Duration.ZERO));
    assertThat(failures.recent(WINDOW)).isEqualTo(2);
    pass(Duration.ofSeconds(12));
    assertThat(failures.last()).contains("CONNECTION_FAILED, 12 s ago");
  }

  @Test
  void anyAnswerEndsTheRow() throws Exception {
    failures.failed(exchange, refused(false));
    failures.responded(exchange, 500, Headers.empty());
    assertThat(failures.recent(WINDOW)).isZero();
    assertThat(failures.last()).as("still known").isPresent();
  }

  @Test
  void afterTheWindowSomebodyMayTryAgain() throws Exception {
    failures.failed(exchange, refused(false));
    pass(WINDOW.minusNanos(1));
    assertThat(failures.recent(WINDOW)).isEqualTo(1);
    pass(Duration.ofNanos(1));
    assertThat(failures.recent(WINDOW)).isZero();
    assertThat(failures.recent(Duration.ZERO)).as("without a window they stay").isEqualTo(1);
  }

  @Test
  void whatTheSessionItselfForbidsIsNoFailureOfTheServer() throws Exception {
    SessionException denied = refused(true);
    assertThat(denied.kind()).isEqualTo(FailureKind.EGRESS_DENIED);
    failures.failed(exchange, denied);
    assertThat(failures.recent(WINDOW)).isZero();
  }

  @Test
  void aStatusThatIsRetriedIsAnAnswer() {
    failures.retrying(
        exchange, new FailedAttempt(OptionalInt.of(503), Optional.empty(), Duration.ZERO));
    assertThat(failures.recent(WINDOW)).isZero();
  }

  @Test
  void everyKindThatMeansNoConnectionIsKnown() {
    Set<FailureKind> kinds =
        EnumSet.range(FailureKind.HOST_NOT_FOUND, FailureKind.TLS_HANDSHAKE_TIMEOUT);
    assertThat(kinds)
        .as("the range stays a range of failures to connect")
        .contains(
            FailureKind.DNS_TIMEOUT,
            FailureKind.CONNECTION_FAILED,
            FailureKind.CONNECT_TIMEOUT,
            FailureKind.PROXY_CONNECT,
            FailureKind.UNTRUSTED_CERTIFICATE)
        .doesNotContain(
            FailureKind.QUEUE_FULL, FailureKind.QUEUE_TIMEOUT, FailureKind.RESPONSE_TIMEOUT);
  }
}
