package org.sessionregistry.runtime;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RegistryContents;
import org.sessionregistry.RegistryListener;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.UnknownSessionException;
import org.sessionregistry.settings.AuthSettings;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/** Registries that send nothing. */
class StandardRegistryTest {
  private final SessionRegistry registry =
      opened(
          RegistrySettings.DEFAULTS,
          List.of(SharedPoolSettings.named("erp"), SharedPoolSettings.named("crm")),
          List.of(SessionSettings.named("b"), SessionSettings.named("a")),
          Map.of());

  private static SessionRegistry opened(
      RegistrySettings settings,
      List<SharedPoolSettings> pools,
      List<SessionSettings> sessions,
      Map<String, SessionHooks> hooks) {
    return new StandardRegistry(
        new RegistryContents(
            settings,
            pools,
            sessions,
            hooks,
            each -> SessionHooks.NONE,
            List.of(),
            Optional.empty()));
  }

  @AfterEach
  void close() {
    registry.close();
  }

  // ---- names ----------------------------------------------------------------------------------

  @Test
  void aSessionIsFoundByItsName() {
    assertThat(registry.session("a").name()).isEqualTo("a");
    assertThat(registry.find("a")).containsSame(registry.session("a"));
  }

  @Test
  void aNameIsCaseSensitive() {
    assertThat(registry.find("A")).isEmpty();
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    assertThat(registry.find("c")).isEmpty();
    assertThatExceptionOfType(UnknownSessionException.class)
        .isThrownBy(() -> registry.session("c"))
        .withMessageContaining("[a, b]");
  }

  @Test
  void namesAreInTheOrderOfOpening() {
    registry.open(SessionSettings.named("0"));
    assertThat(registry.names()).containsExactly("b", "a", "0");
  }

  @Test
  void changingTheReturnedNamesChangesNothing() {
    try {
      registry.names().clear();
    } catch (UnsupportedOperationException refused) {
      // as good
    }
    assertThat(registry.names()).hasSize(2);
  }

  @Test
  void aSessionHasTheSettingsThatItWasOpenedWith() {
    SessionSettings settings = SessionSettings.builder("c").userAgent("x").build();
    assertThat(registry.open(settings).settings()).isSameAs(settings);
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    SessionSettings again = SessionSettings.named("a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry.open(again))
        .withMessageContaining("'a'");
  }

  @Test
  void whatSettingsAndHooksContradictIsRefusedBeforeAnythingIsThere() {
    SessionHooks tokens =
        SessionHooks.builder().tokens(() -> CompletableFuture.completedStage("t")).build();
    SessionSettings basic =
        sharing("crm").toBuilder().baseUrl("http://a/").auth(AuthSettings.basic("u", "p")).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry.open(basic, tokens))
        .withMessageContaining("auth.type");
    assertThat(registry.names()).doesNotContain("c");
    assertThat(registry.open(sharing("crm")).name()).isEqualTo("c");
  }

  @Test
  void hooksForASessionThatIsNotThereAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                opened(
                    RegistrySettings.DEFAULTS,
                    List.of(),
                    List.of(SessionSettings.named("a")),
                    Map.of("b", SessionHooks.NONE)))
        .withMessage("there are hooks for the session 'b'; the sessions are [a]");
  }

  // ---- shared pools ---------------------------------------------------------------------------

  @Test
  void aSessionMayNameAPoolOfItsRegistry() {
    assertThat(registry.open(sharing("crm")).settings().pool().name()).contains("crm");
  }

  @Test
  void aPoolThatDoesNotExistIsRefusedWithTheOnesThatDo() {
    SessionSettings settings = sharing("cmr");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry.open(settings))
        .withMessage(
            "session 'c' names the pool 'cmr' (pool.name), which does not exist; the pools are"
                + " [crm, erp]");
    assertThat(registry.names()).doesNotContain("c");
  }

  @Test
  void aPoolIsRefusedWithAHintWhereThereIsNone() {
    SessionSettings settings = sharing("crm");
    try (SessionRegistry without =
        opened(RegistrySettings.DEFAULTS, List.of(), List.of(), Map.of())) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> without.open(settings))
          .withMessageEndingWith("no pool is configured (client-session-pool.<pool>.<setting>=…)");
    }
  }

  @Test
  void twoPoolsOfOneNameAreRefused() {
    List<SharedPoolSettings> twice =
        List.of(SharedPoolSettings.named("crm"), SharedPoolSettings.named("crm"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> opened(RegistrySettings.DEFAULTS, twice, List.of(), Map.of()))
        .withMessage("there are two pools named 'crm'");
  }

  private static SessionSettings sharing(String pool) {
    return SessionSettings.builder("c").pool(p -> p.withName(pool)).build();
  }

  // ---- closing --------------------------------------------------------------------------------

  @Test
  void aSessionThatWasClosedLeavesItsName() {
    ClientSession first = registry.session("a");
    first.close();
    assertThat(registry.names()).containsExactly("b");
    assertThat(registry.open(SessionSettings.named("a"))).isNotSameAs(first);
  }

  @Test
  void aClosedSessionSendsNothing() {
    ClientSession session = registry.session("a");
    session.close();
    assertThatExceptionOfType(SessionClosedException.class)
        .isThrownBy(() -> session.get("http://localhost/").send());
  }

  @Test
  void closingASessionAgainDoesNotCloseTheNextOfItsName() {
    ClientSession first = registry.session("a");
    first.close();
    ClientSession second = registry.open(SessionSettings.named("a"));
    first.close();
    assertThat(registry.session("a")).isSameAs(second);
  }

  @Test
  void aClosedRegistryOpensNothing() {
    registry.close();
    SessionSettings settings = SessionSettings.named("c");
    assertThatIllegalStateException()
        .isThrownBy(() -> registry.open(settings))
        .withMessageContaining("'c'");
  }

  @Test
  void theSessionsOfAClosedRegistryAreClosed() {
    ClientSession session = registry.session("a");
    registry.close();
    assertThatExceptionOfType(SessionClosedException.class)
        .isThrownBy(() -> session.get("http://localhost/").send());
  }

  @Test
  void theNamesOfAClosedRegistryCanStillBeReadForItsStatistics() {
    registry.close();
    assertThat(registry.names()).containsExactly("b", "a");
    assertThat(registry.statistics().sessions()).containsOnlyKeys("a", "b");
  }

  @Test
  void closingTwiceIsHarmless() {
    registry.close();
    registry.close();
    assertThat(registry.closeAsync()).isCompleted();
  }

  @Test
  void anInterruptEndsTheWaitAndStaysSet() {
    Thread.currentThread().interrupt();
    try {
      registry.close();
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
  }

  // ---- threads --------------------------------------------------------------------------------

  @Test
  void aRegistryThatSendsNothingStartsNoThread() {
    Set<Thread> before = threads();
    SessionRegistry idle =
        opened(RegistrySettings.DEFAULTS, List.of(), List.of(SessionSettings.named("a")), Map.of());
    assertThat(before).containsAll(threads());
    idle.close();
  }

  @Test
  void aRegistryThatCannotOpenStartsNoThread() {
    Set<Thread> before = threads();
    List<SessionSettings> twice = List.of(SessionSettings.named("a"), SessionSettings.named("a"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> opened(RegistrySettings.DEFAULTS, List.of(), twice, Map.of()));
    assertThat(before).containsAll(threads());
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("session-registry"))
        .collect(toSet());
  }

  // ---- what it shows --------------------------------------------------------------------------

  @Test
  void statisticsAreZeroBeforeTheFirstRequest() {
    assertThat(registry.statistics().sessions().get("a").requests()).isZero();
    assertThat(registry.statistics().connections()).isZero();
  }

  @Test
  void theTextFormNamesTheSessions() {
    assertThat(registry).hasToString("SessionRegistry[b, a]");
    assertThat(registry.session("a")).hasToString("ClientSession[a, 0 in flight]");
  }

  @Test
  void whatWasOpenedBeforeARefusalIsClosed() {
    List<String> heard = new ArrayList<>();
    RegistryListener listener =
        new RegistryListener() {
          @Override
          public void opened(ClientSession session) {
            heard.add("opened " + session.name());
          }

          @Override
          public void closed(ClientSession session) {
            heard.add("closed " + session.name());
          }
        };
    RegistryContents contents =
        new RegistryContents(
            RegistrySettings.DEFAULTS,
            List.of(),
            List.of(SessionSettings.named("a"), SessionSettings.named("a")),
            Map.of(),
            each -> SessionHooks.NONE,
            List.of(listener),
            Optional.empty());
    assertThatIllegalArgumentException().isThrownBy(() -> new StandardRegistry(contents));
    assertThat(heard).containsExactly("opened a", "closed a");
  }
}
