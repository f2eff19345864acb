package org.sessionregistry.settings;

import java.util.Optional;

/** Explains the sessions of a {@link RegistryPlan}. Immutable, for any thread. */
public interface Explanations {
  /** Explains nothing: for settings that were made in code. */
  Explanations NONE = (session, tenant) -> Optional.empty();

  /**
   * Explains a session, or that of one of its tenants.
   *
   * @param session the session's name
   * @param tenant the tenant's name, if the question is about one
   * @return what it uses and why; empty if nothing is known of the session
   */
  Optional<SettingsExplanation> explain(String session, Optional<String> tenant);
}
