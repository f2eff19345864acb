package org.sessionregistry.sample;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.PoolStatistics;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.sample.Handled.Outcome;

/** Runs the whole storefront once and compares what it says with what its server counted. */
class StorefrontTest {
  private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();
  private static StorefrontResult result;

  @BeforeAll
  static void runTheStorefront() throws Exception {
    result = Storefront.run(new PrintStream(PRINTED, true, StandardCharsets.UTF_8));
  }

  @Test
  void everyOrderComesToItsEnd() {
    OrderSummary orders = result.orders();

    assertThat(orders.count(Outcome.FAILED)).as(output()).isZero();
    assertThat(orders.count(Outcome.PAID)).isEqualTo(331);
    assertThat(orders.count(Outcome.REJECTED)).isEqualTo(18);
    assertThat(orders.count(Outcome.UNKNOWN_PRODUCT)).isEqualTo(11);
    assertThat(orders.amount(Outcome.PAID)).isEqualTo(new Money(4_172_650));
    assertThat(orders.reasons())
        .containsEntry("rejected: nothing ordered", 3)
        .containsEntry("rejected: over the card's limit", 3);
  }

  @Test
  void eachServiceIsAskedOnlyWhatItsOrdersNeed() {
    OrderSummary orders = result.orders();
    long all = orders.counts().values().stream().mapToInt(Integer::intValue).sum();

    assertThat(counted("catalog").requestsByPath())
        .isEqualTo(Map.of("GET /welcome", 1L, "GET /products", all));
    assertThat(counted("payments").requestsByPath())
        .isEqualTo(
            Map.of(
                "POST /payments", all - orders.count(Outcome.UNKNOWN_PRODUCT) - 3 /* no piece */));
    assertThat(counted("reports").requestsByPath())
        .isEqualTo(Map.of("POST /reports", (long) orders.count(Outcome.PAID)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"payments", "reports", "catalog"})
  void aSessionCountsTheRequestsAndBytesThatItsServerCounts(String name) {
    SessionStatistics session = session(name).statistics();

    assertThat(session.requests()).isEqualTo(counted(name).requests());
    assertThat(session.succeeded()).isEqualTo(session.requests());
    assertThat(session.failed() + session.cancelled() + session.inFlight()).isZero();
    assertThat(session.bytesSent()).isEqualTo(counted(name).bytesReceived());
    assertThat(session.bytesReceived()).isEqualTo(counted(name).bytesSent());
    assertThat(session(name).latencies()).hasSize((int) session.requests());
  }

  @ParameterizedTest
  @ValueSource(strings = {"payments", "reports", "catalog"})
  void aSessionCountsTheConnectionsThatItsServerAccepted(String name) {
    SessionStatistics session = closed(name);
    ServiceCount server = requireNonNull(result.serverAtEnd().get(name));

    assertThat(session.pool().opened()).isEqualTo(server.accepted());
    assertThat(session.pool().openFailures()).isZero();
    // Each connection that carried anything carried one request as its first.
    assertThat(session.pool().reused()).isEqualTo(session.requests() - server.used());
  }

  @Test
  void noSessionGoesBeyondItsLimit() {
    assertThat(pool("reports").peakInUse()).isEqualTo(2);
    assertThat(pool("catalog").peakInUse()).isBetween(1, 20);
    assertThat(pool("payments").peakInUse()).isBetween(1, OrderDesk.AT_A_TIME);
    assertThat(counted("reports").peak()).isEqualTo(2);
    assertThat(counted("reports").accepted()).isEqualTo(2);
    for (String name : List.of("payments", "reports", "catalog")) {
      assertThat(counted(name).peak()).as(name).isLessThanOrEqualTo(pool(name).peakInUse());
    }
  }

  @Test
  void requestsQueueOnlyWhereThereIsALimit() {
    assertThat(pool("payments").peakWaiting()).isZero();
    assertThat(pool("reports").peakWaiting()).isGreaterThan(10);
    assertThat(pool("reports").longestWait()).isPositive();
  }

  @Test
  void cookiesOfTheConfigurationAndOfTheServerAreSent() {
    long products = counted("catalog").requests() - 1;

    assertThat(counted("catalog").cookies())
        .isEqualTo(Map.of("language", products + 1, "visitor", products));
    assertThat(counted("payments").cookies()).isEmpty();
  }

  @Test
  void aSessionStillWorksWhileBeansAreDestroyed() {
    assertThat(requireNonNull(result.serverAtEnd().get("reports")).requestsByPath())
        .containsEntry("POST /day-end", 1L);
    assertThat(closed("reports").requests())
        .isEqualTo(session("reports").statistics().requests() + 1);
    assertThat(output()).contains("the day is closed");
  }

  @Test
  void nothingIsLeftOpen() {
    assertThat(result.closed().values()).allMatch(s -> StorefrontResult.open(s) == 0);
    assertThat(result.serverAtEnd().values()).allMatch(service -> service.open() == 0);
    assertThat(result.refused()).containsExactly("payments", "reports", "catalog");
    assertThat(result.threadsLeft()).isEmpty();
    assertThat(result.clean()).isTrue();
    assertThat(output()).contains("nothing is left open");
  }

  @ParameterizedTest
  @ValueSource(strings = {"payments", "reports", "catalog"})
  void theOutputHasTheSessionsNumbers(String name) {
    SessionStatistics session = session(name).statistics();

    assertThat(rows(name))
        .anySatisfy(
            row ->
                assertThat(row)
                    .startsWith(
                        name,
                        Long.toString(session.requests()),
                        Long.toString(session.failed()),
                        Long.toString(session.pool().opened()),
                        Long.toString(session.pool().reused()),
                        Integer.toString(session.pool().peakInUse()))
                    .endsWith(
                        Units.size(session.bytesSent()), Units.size(session.bytesReceived())));
  }

  @Test
  void theOutputHasALineForEachTenthOfTheWork() {
    assertThat(output().lines().filter(line -> line.matches(" +\\d+ % .*/360 .*"))).hasSize(10);
    assertThat(output()).doesNotContain("\r  [");
  }

  /** The lines of the output that begin with a name, cut into their cells. */
  private static List<List<String>> rows(String name) {
    return output()
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(name + " "))
        .map(line -> List.of(line.split(" {2,}")))
        .toList();
  }

  private static String output() {
    return PRINTED.toString(StandardCharsets.UTF_8);
  }

  private static SessionFigures session(String name) {
    return requireNonNull(result.sessions().get(name));
  }

  private static PoolStatistics pool(String name) {
    return session(name).statistics().pool();
  }

  private static ServiceCount counted(String name) {
    return requireNonNull(result.server().get(name));
  }

  private static SessionStatistics closed(String name) {
    return requireNonNull(result.closed().get(name));
  }
}
