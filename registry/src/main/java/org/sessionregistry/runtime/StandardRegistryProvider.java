package org.sessionregistry.runtime;

import java.util.List;
import java.util.Map;
import org.sessionregistry.RegistryProvider;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/** Found by the API through {@link java.util.ServiceLoader}. Stateless. */
public final class StandardRegistryProvider implements RegistryProvider {
  /** For the service loader. */
  public StandardRegistryProvider() {}

  @Override
  public SessionRegistry open(
      RegistrySettings settings,
      List<SharedPoolSettings> pools,
      List<SessionSettings> sessions,
      Map<String, SessionHooks> hooks) {
    return new StandardRegistry(settings, pools, sessions, hooks);
  }
}
