package org.sessionregistry.cdi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * Where configuration puts typed clients on sessions: {@code <client>/mp-rest/session=<name>}.
 * Whether there are such clients is not asked, so that nothing of their API is needed. During the
 * container's start.
 */
final class ConfiguredClients {
  private static final String SESSION = "/mp-rest/session";

  private ConfiguredClients() {}

  static List<InjectionSite> sites(Supplier<Config> source) {
    Config config;
    try {
      config = source.get();
    } catch (IllegalStateException e) {
      return List.of(); // there is no configuration, which is somebody else's to report
    }
    List<InjectionSite> sites = new ArrayList<>();
    for (String key : config.getPropertyNames()) {
      if (key.endsWith(SESSION)) {
        ConfigValue value = config.getConfigValue(key);
        String name = value.getValue();
        if (name != null) {
          sites.add(
              new InjectionSite(key + " (" + value.getSourceName() + ")", Set.of(name), false));
        }
      }
    }
    return sites;
  }
}
