package org.sessionregistry.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeaderBlockTest {
  private static final String[] FIELDS = {"Host", "a", "Accept", "*/*"};

  private final AtomicInteger encodings = new AtomicInteger();

  private byte[] encode(String[] fields) {
    encodings.incrementAndGet();
    return new byte[fields.length];
  }

  @Test
  void theBytesOfManyRequestsAreMadeOnce() {
    HeaderBlock block = HeaderBlock.shared(FIELDS);
    byte[] bytes = block.bytes(this::encode);
    assertThat(bytes).hasSize(4);
    assertThat(block.bytes(this::encode)).isSameAs(bytes);
    assertThat(encodings).hasValue(1);
  }

  @Test
  void noBytesAreKeptForOneRequest() {
    assertThat(HeaderBlock.of(FIELDS).bytes(this::encode)).isNull();
    assertThat(encodings).hasValue(0);
  }
}
