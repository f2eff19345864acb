package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** How long answers are believed, and who shares them. Look-ups run when the test says so. */
class ResolverTest {
  private static final Duration TTL = Duration.ofSeconds(10);

  private final VirtualTime time = new VirtualTime();
  private final ScriptedLookup lookup = new ScriptedLookup();
  private final List<Runnable> blocking = new ArrayList<>();
  private final Resolver resolver = new Resolver(lookup, blocking::add, time);

  @Test
  void anAnswerIsUsedUntilItIsAsOldAsAllowed() {
    lookup.put("db", "192.0.2.1");
    assertThat(resolved("db", TTL)).containsExactlyElementsOf(addresses("192.0.2.1"));
    lookup.put("db", "192.0.2.2");

    time.advance(TTL.minusNanos(1));
    assertThat(resolver.resolve("db", TTL)).isCompletedWithValue(addresses("192.0.2.1"));
    time.advance(Duration.ofNanos(1));
    assertThat(resolved("db", TTL)).containsExactlyElementsOf(addresses("192.0.2.2"));
    assertThat(lookup.asked()).hasSize(2);
  }

  @Test
  void aSessionThatWantsFresherAnswersAsksAgain() {
    lookup.put("db", "192.0.2.1");
    resolved("db", Duration.ofMinutes(1));
    time.advance(Duration.ofSeconds(5));

    resolved("db", Duration.ofSeconds(1));
    assertThat(lookup.asked()).hasSize(2);
  }

  @Test
  void aFresherAnswerServesThoseWhoWouldHaveTakenAnOldOneForAsLongAsTheyDo() {
    lookup.put("db", "192.0.2.1");
    resolved("db", Duration.ofMinutes(1));
    resolved("db", Duration.ZERO);
    time.advance(Duration.ofSeconds(59));

    assertThat(resolver.resolve("db", Duration.ofMinutes(1))).isCompleted();
    assertThat(lookup.asked()).hasSize(2);
  }

  @Test
  void withoutTimeToLiveEveryConnectionAsks() {
    lookup.put("db", "192.0.2.1");
    resolved("db", Duration.ZERO);
    resolved("db", Duration.ZERO);

    assertThat(lookup.asked()).hasSize(2);
  }

  @Test
  void aHostThatHasNoAddressIsAskedForAgainAfterASecond() {
    assertUnknown("nix");
    time.advance(Duration.ofMillis(999));
    assertThat(resolver.resolve("nix", TTL)).isCompletedExceptionally();
    assertThat(lookup.asked()).hasSize(1);

    lookup.put("nix", "192.0.2.1");
    time.advance(Duration.ofMillis(1));
    assertThat(resolved("nix", TTL)).hasSize(1);
  }

  @Test
  void lookUpsOfOneHostThatOverlapAreOne() {
    lookup.put("db", "192.0.2.1");
    lookup.put("web", "192.0.2.2");
    CompletableFuture<List<InetAddress>> first = resolver.resolve("db", TTL);
    CompletableFuture<List<InetAddress>> second = resolver.resolve("db", Duration.ZERO);
    CompletableFuture<List<InetAddress>> other = resolver.resolve("web", TTL);

    runBlocking();
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(other).isCompletedWithValue(addresses("192.0.2.2"));
    assertThat(lookup.asked()).containsExactly("db", "web");
  }

  @Test
  void aLookUpThatNobodyCouldRunIsTriedAgain() {
    Resolver refused =
        new Resolver(
            lookup,
            task -> {
              throw new RejectedExecutionException("full");
            },
            time);
    assertThat(refused.resolve("db", TTL)).isCompletedExceptionally();
    assertThatThrownBy(refused.resolve("db", TTL)::get)
        .hasCauseInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aFailureOfTheLookUpItselfIsNotKept() {
    List<String> asked = new ArrayList<>();
    Resolver broken =
        new Resolver(
            host -> {
              asked.add(host);
              throw new SecurityException("not allowed");
            },
            Runnable::run,
            time);
    assertThat(broken.resolve("db", TTL)).isCompletedExceptionally();
    assertThat(broken.resolve("db", TTL)).isCompletedExceptionally();
    assertThat(asked).hasSize(2);
  }

  private void assertUnknown(String host) {
    CompletableFuture<List<InetAddress>> answer = resolver.resolve(host, TTL);
    runBlocking();
    assertThatThrownBy(answer::get).hasCauseInstanceOf(UnknownHostException.class);
  }

  private List<InetAddress> resolved(String host, Duration ttl) {
    CompletableFuture<List<InetAddress>> answer = resolver.resolve(host, ttl);
    runBlocking();
    return answer.join();
  }

  private void runBlocking() {
    List<Runnable> tasks = List.copyOf(blocking);
    blocking.clear();
    tasks.forEach(Runnable::run);
  }

  private static List<InetAddress> addresses(String... literals) {
    return ScriptedLookup.parsed(literals);
  }
}
