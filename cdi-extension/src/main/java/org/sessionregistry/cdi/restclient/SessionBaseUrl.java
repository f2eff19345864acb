package org.sessionregistry.cdi.restclient;

import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code <client>/mp-rest/url} with the base URL of the session that {@code
 * <client>/mp-rest/session} names, so that nobody writes it twice. It is the last source that is
 * asked, lists no name, and must not look for anything else. Stateless; any thread.
 */
public final class SessionBaseUrl implements ConfigSource {
  private static final String URL = "/mp-rest/url";
  private static final String SESSION = "/mp-rest/session";

  /** Made by {@code ServiceLoader}. */
  public SessionBaseUrl() {}

  @Override
  public @Nullable String getValue(String key) {
    if (!key.endsWith(URL)) {
      return null;
    }
    String client = key.substring(0, key.length() - URL.length());
    ConfigValue session = ConfigProvider.getConfig().getConfigValue(client + SESSION);
    if (session.getValue() == null || !ApplicationSessions.present()) {
      return null;
    }
    return ApplicationSessions.session(session.getValue(), RestClientMessages.asked(session))
        .settings()
        .baseUrl()
        .map(Object::toString)
        .orElse(null);
  }

  @Override
  public Map<String, String> getProperties() {
    return Map.of();
  }

  @Override
  public Set<String> getPropertyNames() {
    return Set.of();
  }

  @Override
  public String getName() {
    return "base URLs of client sessions";
  }

  @Override
  public int getOrdinal() {
    return Integer.MIN_VALUE;
  }
}
