package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailingAddressesTest {
  private static final InetSocketAddress A = at("192.0.2.1", 80);
  private static final InetSocketAddress B = at("192.0.2.2", 80);
  private static final InetSocketAddress C = at("2001:db8::1", 80);

  private final VirtualTime time = new VirtualTime();
  private final FailingAddresses failing = new FailingAddresses(time);

  @Test
  void whatFailedIsTriedLastForAWhile() {
    failing.failed(A);
    assertThat(failing.last(List.of(A, B, C))).containsExactly(B, C, A);

    time.advance(Duration.ofSeconds(30));
    assertThat(failing.last(List.of(A, B, C))).containsExactly(A, B, C);
  }

  @Test
  void aSuccessEndsIt() {
    failing.failed(A);
    failing.connected(A);
    assertThat(failing.last(List.of(A, B))).containsExactly(A, B);
  }

  @Test
  void allMayFail() {
    failing.failed(B);
    failing.failed(A);
    assertThat(failing.last(List.of(A, B))).containsExactly(A, B);
  }

  @Test
  void anotherPortIsAnotherServer() {
    failing.failed(A);
    assertThat(failing.last(List.of(at("192.0.2.1", 443), B)))
        .containsExactly(at("192.0.2.1", 443), B);
  }

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(Literals.parse(address).orElseThrow(), port);
  }
}
