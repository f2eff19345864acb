package org.sessionregistry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sessionregistry.cookie.CookieJar;

/** What becomes of the hooks of several givers. */
class SessionHooksTest {
  private final Interceptor outer = (request, next) -> next.send(request);
  private final Interceptor inner = (request, next) -> next.send(request);
  private final SessionListener first = new SessionListener() {};
  private final SessionListener second = new SessionListener() {};

  @Test
  void theFirstHooksStandAroundTheOthersAndHearFirst() {
    SessionHooks one =
        SessionHooks.builder().aroundExchange(outer).aroundAttempt(outer).listener(first).build();
    SessionHooks other =
        SessionHooks.builder().aroundExchange(inner).aroundAttempt(inner).listener(second).build();
    assertThat(one.and(other).aroundExchange()).containsExactly(outer, inner);
    assertThat(one.and(other).aroundAttempt()).containsExactly(outer, inner);
    assertThat(one.and(other).listeners()).containsExactly(first, second);
  }

  @Test
  void ofWhatThereIsOneOfTheOthersWins() {
    CookieJar mine = CookieJar.none();
    TokenSupplier mineToo = () -> CompletableFuture.completedStage("a");
    TokenSupplier others = () -> CompletableFuture.completedStage("b");
    SessionHooks one = SessionHooks.builder().cookieJar(mine).tokens(mineToo).build();
    SessionHooks other = SessionHooks.builder().tokens(others).build();
    assertThat(one.and(other).tokens()).containsSame(others);
    assertThat(one.and(other).cookieJar()).containsSame(mine);
    assertThat(one.and(other).json()).isEmpty();
  }

  @Test
  void nothingAddsNothing() {
    SessionHooks some = SessionHooks.builder().listener(first).build();
    assertThat(some.and(SessionHooks.NONE)).isEqualTo(some);
    assertThat(SessionHooks.NONE.and(some)).isEqualTo(some);
  }
}
