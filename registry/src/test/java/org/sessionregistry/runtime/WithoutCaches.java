package org.sessionregistry.runtime;

import java.util.concurrent.Callable;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.SessionSettings;

/** Opens a session with shared cookies, loaded where there is no JCache; says what came of it. */
public final class WithoutCaches implements Callable<String> {
  @Override
  public String call() {
    SessionSettings settings =
        SessionSettings.builder("s").cookieJar(j -> j.withType(CookieJarType.SHARED)).build();
    try (SessionRegistry registry = SessionRegistry.builder().build()) {
      registry.open(SessionSettings.named("plain"));
      registry.open(settings);
      return "opened";
    } catch (InvalidSettingException e) {
      return e.getMessage();
    }
  }
}
