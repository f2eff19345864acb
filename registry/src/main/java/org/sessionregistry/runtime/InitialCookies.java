package org.sessionregistry.runtime;

import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.sessionregistry.cookie.Cookie;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.cookie.SameSite;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.SessionSettings;

/** Makes a session's jar with the cookies that its settings put there. */
final class InitialCookies {
  private InitialCookies() {}

  /**
   * The session's jar: the given one, or else one of its own.
   *
   * @throws InvalidSettingException if there is one, but {@code cookie-jar} says that there is none
   */
  static CookieJar jar(SessionSettings settings, Optional<CookieJar> given, InstantSource clock) {
    if (settings.cookieJar().type() == CookieJarType.NONE) {
      if (given.isPresent()) {
        throw new InvalidSettingException(
            "cookie-jar", "none", "memory beside a jar that is given in code");
      }
      return CookieJar.none();
    }
    CookieJar jar = given.orElseGet(() -> CookieJar.inMemory(settings.cookieJar(), clock));
    settings
        .baseUrl()
        .ifPresent(
            base ->
                settings
                    .cookies()
                    .forEach((name, value) -> jar.put(cookie(base, name, value, clock))));
    return jar;
  }

  /** For the very host of the base URL; with https, for https only. */
  private static Cookie cookie(URI base, String name, String value, InstantSource clock) {
    return new Cookie(
        name,
        value,
        base.getHost().toLowerCase(Locale.ROOT),
        true,
        "/",
        Optional.empty(),
        base.getScheme().equalsIgnoreCase("https"),
        false,
        SameSite.DEFAULT,
        clock.instant());
  }
}
