package org.sessionregistry.cdi.restclient;

import java.util.Optional;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.sessionregistry.ClientSession;

/**
 * The session that a new client asks for: the one given in code, else the one that configuration
 * names. Stateless; any thread.
 */
final class SessionChoice {
  private SessionChoice() {}

  /**
   * The session.
   *
   * @return empty if the client asks for none
   * @throws IllegalStateException if it asks for one that is not there
   */
  static Optional<ClientSession> of(Class<?> serviceInterface, RestClientBuilder builder) {
    Object given = builder.getConfiguration().getProperty(SessionRestClients.SESSION);
    if (given == null) {
      return configured(serviceInterface);
    }
    if (given instanceof ClientSession session) {
      return Optional.of(session);
    }
    if (given instanceof String name) {
      return Optional.of(
          ApplicationSessions.session(name, RestClientMessages.property(serviceInterface, name)));
    }
    throw new IllegalStateException(RestClientMessages.noSession(serviceInterface, given));
  }

  private static Optional<ClientSession> configured(Class<?> serviceInterface) {
    Optional<ConfigValue> value = ClientKeys.value(serviceInterface, "session");
    return value.map(
        found -> ApplicationSessions.session(found.getValue(), RestClientMessages.asked(found)));
  }
}
