package org.sessionregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SessionExceptionTest {
  private static final PoolStatistics POOL =
      new PoolStatistics(
          1,
          OptionalInt.of(7),
          1,
          0,
          0,
          0,
          7,
          1,
          7,
          1,
          0,
          0,
          Duration.ofSeconds(1),
          Duration.ZERO,
          0,
          0,
          List.of());

  private static final FailureDetail DETAIL =
      new FailureDetail("s", "GET", URI.create("http://a/"), Duration.ZERO, PhaseTimes.NONE);

  @Test
  void showsThePoolThatGaveNoConnection() {
    assertThat(new QueueFullException(DETAIL.withPool(POOL), "full").pool()).contains(POOL);
  }

  @Test
  void showsNoPoolWhenThereWasAConnection() {
    assertThat(new InvalidResponseException(DETAIL, "garbage", null).pool()).isEmpty();
  }

  @Test
  void keepsItsMessageAndKindOnTheWayToAnotherJvmButNotThePool() throws Exception {
    SessionException here =
        new ConnectionFailedException(DETAIL.withPool(POOL), "refused", new Exception("cause"));
    SessionException there = copy(here);
    assertThat(there)
        .hasMessage(here.getMessage())
        .hasStackTraceContaining("cause")
        .returns(FailureKind.CONNECTION_FAILED, SessionException::kind);
    assertThat(there.pool()).isEmpty();
  }

  private static SessionException copy(SessionException original) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(original);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (SessionException) in.readObject();
    }
  }
}
