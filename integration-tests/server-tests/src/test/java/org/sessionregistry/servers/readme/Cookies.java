package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.cookie.Cookie;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.cookie.JCacheCookieStore;
import org.sessionregistry.settings.CookieJarSettings;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.SessionSettings;

/** The examples of docs/cookies.md, word for word. */
final class Cookies {
  private Cookies() {}

  static String login(ClientSession shop) throws IOException, InterruptedException {
    // login
    shop.post("/login").form(Map.of("user", "ada")).send().close(); // 303 with Set-Cookie: sid=…
    try (Response cart = shop.get("/cart").send()) { // Cookie: sid=…
      return cart.text();
    }
  }

  static void save(ClientSession shop, Path file) throws IOException {
    // save
    shop.cookies().save(file, CookieJar.Keep.ALL);
  }

  static void load(ClientSession shop, Path file) throws IOException {
    // load
    shop.cookies().load(file);
  }

  static void own(ClientSession shop) {
    // own
    URI base = shop.settings().baseUrl().orElseThrow();
    shop.cookies().put(Cookie.forHost(base, "consent", "yes", Instant.now()));
    shop.cookies().removeIf(cookie -> cookie.name().equals("sid")); // logged out
  }

  static String cartOf(String user, Map<String, CookieJar> jars, ClientSession shop)
      throws IOException, InterruptedException {
    // user
    CookieJar jar =
        jars.computeIfAbsent(
            user, name -> CookieJar.inMemory(CookieJarSettings.DEFAULTS, InstantSource.system()));
    try (Response cart = shop.get("/cart").cookieJar(jar).send()) {
      return cart.text();
    }
  }

  static SessionRegistry shared(String base) {
    // shared
    CookieJar jar = CookieJar.inMemory(CookieJarSettings.DEFAULTS, InstantSource.system());
    SessionHooks hooks = SessionHooks.builder().cookieJar(jar).build();
    return SessionRegistry.builder()
        .session(SessionSettings.builder("shop").baseUrl(base).build(), hooks)
        .session(SessionSettings.builder("reports").baseUrl(base).build(), hooks)
        .build();
  }

  static SessionRegistry nodes(String base, CacheManager manager) {
    // nodes
    Cache<String, String> logins = manager.getCache("logins");
    SessionHooks hooks = SessionHooks.builder().cookieStore(JCacheCookieStore.over(logins)).build();
    return SessionRegistry.builder()
        .session(
            SessionSettings.builder("shop")
                .baseUrl(base)
                .cookieJar(jar -> jar.withType(CookieJarType.SHARED))
                .build(),
            hooks)
        .build();
  }
}
