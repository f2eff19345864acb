package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.inject.spi.DeploymentException;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;

/** What happens where there is no MicroProfile Config; the rest needs a container. */
class SessionDeploymentTest {
  private static final InjectionSite SITE =
      new InjectionSite("org.example.Profiles.github", Set.of("github"), false);

  private static final HookPlan<Object> NO_HOOKS = new HookPlan<>(List.of());

  @Test
  void withoutConfigurationAnInjectedSessionIsAProblem() {
    SessionDeployment deployment =
        new SessionDeployment(SessionDeploymentTest::missing, List.of(SITE), NO_HOOKS);

    assertThatThrownBy(deployment::read)
        .isInstanceOf(DeploymentException.class)
        .hasMessageContaining("org.example.Profiles.github")
        .hasMessageContaining("no MicroProfile Config");
  }

  @Test
  void withoutConfigurationAndWithoutInjectedSessionsNothingIsMissed() {
    SessionDeployment deployment =
        new SessionDeployment(SessionDeploymentTest::missing, List.of(), NO_HOOKS);

    assertThat(deployment.read().sessions()).isEmpty();
  }

  @Test
  void theReportHasNoStackTrace() {
    SessionDeployment deployment =
        new SessionDeployment(SessionDeploymentTest::missing, List.of(SITE), NO_HOOKS);

    assertThatThrownBy(deployment::read)
        .satisfies(report -> assertThat(report.getStackTrace()).isEmpty());
  }

  private static Config missing() {
    throw new IllegalStateException("no implementation found");
  }
}
