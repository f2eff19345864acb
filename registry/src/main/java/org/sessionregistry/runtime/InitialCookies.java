package org.sessionregistry.runtime;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.cookie.Cookie;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.cookie.CookieStore;
import org.sessionregistry.cookie.JCacheCookieStore;
import org.sessionregistry.cookie.SameSite;
import org.sessionregistry.cookie.SharedCookieJar;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.SessionSettings;

/** Makes a session's jar with the cookies that its settings put there. */
final class InitialCookies {
  private InitialCookies() {}

  /**
   * The session's jar: the given one, or else one of its own. A shared one is not started yet.
   *
   * @throws InvalidSettingException if {@code cookie-jar} contradicts what is given in code, or is
   *     shared and the API of caches is not there
   */
  static CookieJar jar(
      SessionSettings settings,
      Optional<String> tenant,
      SessionHooks hooks,
      Executor background,
      SharedCookieJar.Timer timer,
      InstantSource clock) {
    CookieJarType type = settings.cookieJar().type();
    refuseContradictions(type, hooks);
    return switch (type) {
      case NONE -> CookieJar.none();
      case MEMORY -> {
        CookieJar jar =
            hooks.cookieJar().orElseGet(() -> CookieJar.inMemory(settings.cookieJar(), clock));
        of(settings, clock).forEach(jar::put);
        yield jar;
      }
      case SHARED ->
          new SharedCookieJar(
              owner(settings.name(), tenant),
              settings.cookieJar(),
              of(settings, clock),
              store(settings, hooks),
              background,
              timer,
              clock);
    };
  }

  /** What sets a session's cookies apart from others in a store; no name has a tab in it. */
  private static String owner(String session, Optional<String> tenant) {
    return tenant.map(whose -> session + '\t' + whose).orElse(session);
  }

  private static void refuseContradictions(CookieJarType type, SessionHooks hooks) {
    String key = "cookie-jar";
    String value = type.name().toLowerCase(Locale.ROOT);
    if (hooks.cookieJar().isPresent() && type != CookieJarType.MEMORY) {
      throw new InvalidSettingException(key, value, "memory beside a jar that is given in code");
    }
    if (hooks.cookieStore().isPresent() && type != CookieJarType.SHARED) {
      throw new InvalidSettingException(
          key, value, "shared beside a store of cookies that is given in code");
    }
  }

  private static Callable<CookieStore> store(SessionSettings settings, SessionHooks hooks) {
    if (hooks.cookieStore().isPresent()) {
      return hooks.cookieStore()::get;
    }
    try {
      return JCacheCookieStore.named(settings.cookieJar().cache());
    } catch (LinkageError absent) {
      InvalidSettingException refused =
          new InvalidSettingException(
              "cookie-jar",
              "shared",
              "JCache beside it (javax.cache:cache-api and a caching provider on the class path),"
                  + " a store of cookies given in code, or cookie-jar=memory");
      refused.initCause(absent);
      throw refused;
    }
  }

  /** What settings put there. */
  static List<Cookie> of(SessionSettings settings, InstantSource clock) {
    List<Cookie> cookies = new ArrayList<>();
    settings
        .baseUrl()
        .ifPresent(
            base ->
                settings
                    .cookies()
                    .forEach((name, value) -> cookies.add(cookie(base, name, value, clock))));
    return cookies;
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
