package org.sessionregistry.servers.bodies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseBodyException;
import org.sessionregistry.TypeRef;

/** JSON there and back, with Yasson. */
class JsonTest {
  @RegisterExtension final World world = new World();

  /** What is sent. */
  public static class Order {
    public String item;
    public int count;

    /** For JSON-B. */
    public Order() {}

    Order(String item, int count) {
      this.item = item;
      this.count = count;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aValueIsSentAndReadBack(Peer peer) throws Exception {
    AtomicReference<String> type = new AtomicReference<>();
    AtomicReference<String> accept = new AtomicReference<>();
    ClientSession session =
        world.session(
            peer,
            call -> {
              type.set(call.header("Content-Type"));
              accept.set(call.header("Accept"));
              call.with("Content-Type", "application/json").reply("[" + call.text() + "]");
            });
    try (Response response = session.post("/orders").json(new Order("Grüße 😀", 2)).send()) {
      List<Order> orders = response.json(new TypeRef<List<Order>>() {});
      assertThat(orders).extracting(o -> o.item).containsExactly("Grüße 😀");
      assertThat(orders).extracting(o -> o.count).containsExactly(2);
    }
    assertThat(type).hasValue("application/json");
    assertThat(accept).hasValue("");
  }

  @ParameterizedTest
  @EnumSource
  void theAsynchronousFormReadsOnAThreadThatMayBlock(Peer peer) throws Exception {
    ClientSession session = world.session(peer, call -> call.reply("{\"item\":\"x\",\"count\":1}"));
    AtomicReference<String> thread = new AtomicReference<>();
    Order order =
        session
            .get("/order")
            .sendAsync()
            .thenCompose(response -> response.jsonAsync(Order.class))
            .whenComplete((done, failed) -> thread.set(Thread.currentThread().getName()))
            .join();
    assertThat(order.item).isEqualTo("x");
    assertThat(thread.get()).doesNotContain("session-registry-loop");
  }

  @ParameterizedTest
  @EnumSource
  void aPageInsteadOfJsonIsShown(Peer peer) throws Exception {
    ClientSession session =
        world.session(
            peer, call -> call.status(502).with("Content-Type", "text/html").reply("<h1>Bad"));
    try (Response response = session.get("/order").send()) {
      assertThatExceptionOfType(ResponseBodyException.class)
          .isThrownBy(() -> response.json(Order.class))
          .withMessageContaining("(text/html)")
          .withMessageContaining("it begins: <h1>Bad");
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(() -> response.jsonAsync(Order.class).join())
          .withCauseInstanceOf(ResponseBodyException.class);
    }
  }
}
