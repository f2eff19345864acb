package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReasonsTest {
  @Test
  void theInnermostReasonIsToldForEachAddress() {
    Map<SocketAddress, Throwable> reasons = new LinkedHashMap<>();
    reasons.put(RaceCourse.at("1"), new IOException("wrapped", new ConnectException("refused")));
    reasons.put(RaceCourse.at("2"), new ConnectException());

    assertThat(Reasons.list(reasons)).isEqualTo("192.0.2.1 refused, 192.0.2.2 ConnectException");
  }

  @Test
  void aLongListIsCut() {
    Map<SocketAddress, Throwable> reasons = new LinkedHashMap<>();
    for (int i = 1; i <= 10; i++) {
      reasons.put(RaceCourse.at(Integer.toString(i)), new ConnectException("refused"));
    }
    assertThat(Reasons.list(reasons)).endsWith("192.0.2.8 refused and 2 more");
  }

  @Test
  void theFirstReasonCarriesTheOthers() {
    Map<SocketAddress, Throwable> reasons = new LinkedHashMap<>();
    reasons.put(RaceCourse.at("1"), new ConnectException("refused"));
    reasons.put(RaceCourse.at("2"), new ConnectException("unreachable"));

    assertThat(Reasons.together(reasons)).hasMessage("refused");
    assertThat(Reasons.together(Map.of())).isNull();
    assertThat(reasons.get(RaceCourse.at("1")).getSuppressed())
        .extracting(Throwable::getMessage)
        .containsExactly("unreachable");
  }
}
