package org.sessionregistry.cdi.restclient;

import jakarta.ws.rs.core.Configuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigValue;
import org.sessionregistry.ClientSession;

/**
 * What an interface says of its transport, which is now the session's: it holds no more, and must
 * not be ignored in silence. Stateless; any thread.
 */
final class UnusedSettings {
  /**
   * A setting of MicroProfile Rest Client.
   *
   * @param instead what to set of the session
   * @param properties where implementations keep it when it is set in code
   */
  private record Setting(String name, String instead, List<String> properties) {}

  private static final List<Setting> SETTINGS =
      List.of(
          new Setting(
              "connectTimeout",
              "timeout.connect",
              List.of("jersey.config.client.connectTimeout", "http.connection.timeout")),
          new Setting(
              "readTimeout",
              "timeout.response and timeout.read",
              List.of("jersey.config.client.readTimeout", "http.receive.timeout")),
          new Setting("followRedirects", "redirects.max", List.of("http.autoredirect")),
          new Setting(
              "proxyAddress",
              "proxy.url",
              List.of("jersey.config.client.proxy.uri", "http.proxy.server.uri")),
          new Setting("trustStore", "tls.trust-store.path", List.of()),
          new Setting("keyStore", "tls.key-store.path", List.of()),
          new Setting("hostnameVerifier", "tls.verify-hostname", List.of()));

  private UnusedSettings() {}

  /** What is set and not used, and what to set instead; empty if there is nothing. */
  static String report(
      Class<?> serviceInterface, Configuration configuration, ClientSession session) {
    Map<String, String> instead = new LinkedHashMap<>();
    for (Setting setting : SETTINGS) {
      Optional<ConfigValue> configured = ClientKeys.value(serviceInterface, setting.name());
      if (configured.isPresent()) {
        instead.put(configured.get().getName(), setting.instead());
      } else if (setting.properties().stream()
          .anyMatch(property -> configuration.getProperty(property) != null)) {
        instead.put(setting.name(), setting.instead());
      }
    }
    if (session.settings().raiseForStatus()) {
      instead.put("ResponseExceptionMapper", "raise-for-status=false");
    }
    return instead.isEmpty()
        ? ""
        : RestClientMessages.unused(serviceInterface, session.name(), instead);
  }
}
