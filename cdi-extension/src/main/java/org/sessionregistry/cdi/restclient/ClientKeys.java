package org.sessionregistry.cdi.restclient;

import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * The configuration of one interface, as MicroProfile Rest Client has it (section "Support for
 * MicroProfile Config"): by the interface's full name, and then by its {@code configKey}.
 * Stateless; any thread.
 */
final class ClientKeys {
  private ClientKeys() {}

  /** The value of a setting, for example of {@code session}, with its key and source. */
  static Optional<ConfigValue> value(Class<?> serviceInterface, String setting) {
    Config config;
    try {
      config = ConfigProvider.getConfig();
    } catch (IllegalStateException e) {
      return Optional.empty(); // there is no configuration at all: a client that is built in code
    }
    for (String prefix : prefixes(serviceInterface)) {
      ConfigValue value = config.getConfigValue(prefix + "/mp-rest/" + setting);
      if (value.getValue() != null) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private static List<String> prefixes(Class<?> serviceInterface) {
    RegisterRestClient registration = serviceInterface.getAnnotation(RegisterRestClient.class);
    return registration == null || registration.configKey().isEmpty()
        ? List.of(serviceInterface.getName())
        : List.of(serviceInterface.getName(), registration.configKey());
  }
}
