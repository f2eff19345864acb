package org.sessionregistry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

class SessionRegistryBuilderTest {
  @Test
  void opensTheSessionsInTheirOrder() {
    try (SessionRegistry registry =
        SessionRegistry.builder()
            .session(SessionSettings.named("b"))
            .session(SessionSettings.named("a"))
            .build()) {
      assertThat(registry.names()).containsExactly("b", "a");
    }
  }

  @Test
  void anEmptyRegistryIsARegistry() {
    try (SessionRegistry registry = SessionRegistry.builder().build()) {
      assertThat(registry.names()).isEmpty();
      assertThatExceptionOfType(UnknownSessionException.class)
          .isThrownBy(() -> registry.session("a"));
    }
  }

  @Test
  void twoSessionsOfOneNameAreRefused() {
    SessionRegistryBuilder builder =
        SessionRegistry.builder()
            .session(SessionSettings.named("a"))
            .session(SessionSettings.named("a"));
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("'a'");
  }

  @Test
  void aSessionMayNameAPoolThatWasAdded() {
    try (SessionRegistry registry =
        SessionRegistry.builder()
            .session(SessionSettings.builder("a").pool(p -> p.withName("crm")).build())
            .pool(SharedPoolSettings.named("crm"))
            .build()) {
      assertThat(registry.names()).containsExactly("a");
    }
  }

  @Test
  void aSessionMayNotNameAPoolThatWasNotAdded() {
    SessionRegistryBuilder builder =
        SessionRegistry.builder()
            .session(SessionSettings.builder("a").pool(p -> p.withName("crm")).build());
    assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("'crm'");
  }

  @Test
  void theLibraryFindsItselfWhateverTheContextClassLoaderIs() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(null);
    try (SessionRegistry registry = SessionRegistry.builder().build()) {
      assertThat(registry).isNotNull();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
