package org.sessionregistry.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.sample.Handled.Outcome;

/** Sends sessions to another server by system property, as the command line does. */
class ElsewhereTest {
  private static final List<String> ALL = List.of("payments", "reports", "catalog");

  private final List<Order> someOrders = CsvResource.orders().subList(0, 10);
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
  private StorefrontServer other;

  @BeforeEach
  void startAnotherServer() {
    other = StorefrontServer.start();
  }

  @AfterEach
  void stopIt() {
    ALL.forEach(name -> System.clearProperty(key(name)));
    other.close();
  }

  @Test
  void oneSessionGoesElsewhereAndTheOthersStay() throws Exception {
    sendElsewhere("catalog");

    StorefrontResult result = Storefront.run(out, someOrders);

    assertThat(result.orders().count(Outcome.PAID)).as(printed.toString()).isEqualTo(10);
    assertThat(requests(other.counts()))
        .isEqualTo(Map.of("catalog", 11L, "payments", 0L, "reports", 0L));
    assertThat(requests(result.server()))
        .isEqualTo(Map.of("catalog", 0L, "payments", 10L, "reports", 10L));
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains(other.addresses().get("catalog") + System.lineSeparator());
  }

  @Test
  void noServerIsStartedWhenAllSessionsGoElsewhere() throws Exception {
    ALL.forEach(this::sendElsewhere);

    StorefrontResult result = Storefront.run(out, someOrders);

    assertThat(result.clean()).as(printed.toString()).isTrue();
    assertThat(result.server()).isEmpty();
    assertThat(requests(other.counts()))
        .isEqualTo(Map.of("catalog", 11L, "payments", 10L, "reports", 11L));
  }

  @Test
  void aServiceThatIsNotThereFailsItsOrdersAndIsSaidSo() throws Exception {
    String nobody = other.addresses().get("payments").toString();
    other.close();
    System.setProperty(key("payments"), nobody);

    StorefrontResult result = Storefront.run(out, someOrders);

    assertThat(result.orders().count(Outcome.FAILED)).isEqualTo(10);
    assertThat(result.clean()).isFalse();
    assertThat(result.openConnections()).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("session 'payments'")
        .contains("NOT CLEAN");
  }

  private void sendElsewhere(String session) {
    System.setProperty(key(session), other.addresses().get(session).toString());
  }

  private static String key(String session) {
    return "client-session." + session + ".base-url";
  }

  private static Map<String, Long> requests(Map<String, ServiceCount> counts) {
    return counts.keySet().stream()
        .collect(Collectors.toMap(Function.identity(), name -> counts.get(name).requests()));
  }
}
