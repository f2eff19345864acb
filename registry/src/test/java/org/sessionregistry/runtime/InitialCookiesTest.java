package org.sessionregistry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.cookie.CookieStore;
import org.sessionregistry.settings.CookieJarSettings;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

class InitialCookiesTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  @ParameterizedTest(name = "a cookie of {0} for {1}: {2}")
  @CsvSource({
    "https://api.example/v1/, https://api.example/, a=1",
    "https://api.example/v1/, https://api.example/deep/er, a=1",
    "https://api.example/v1/, https://API.example:8443/, a=1",
    "https://api.example/v1/, http://api.example/, ''",
    "https://api.example/v1/, https://sub.api.example/, ''",
    "https://api.example/v1/, https://example/, ''",
    "https://api.example/v1/, https://other.example/, ''",
    "http://api.example/, http://api.example/, a=1",
    "http://api.example/, https://api.example/, a=1",
    "HTTPS://API.EXAMPLE, https://api.example/, a=1",
    "http://localhost:8080, http://localhost/, a=1",
  })
  void aCookieIsForTheVeryHostOfTheBaseUrl(String base, URI asked, String sent) {
    CookieJar jar = jar(session().baseUrl(base).cookie("a", "1"));
    assertThat(jar.header(asked)).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource({"http://127.0.0.1:1/", "http://[::1]/"})
  void aCookieMayBeForAnAddressThatIsAllowed(URI base) {
    CookieJar jar =
        jar(
            session()
                .baseUrl(base)
                .cookieJar(settings -> settings.withAcceptIpHosts(true))
                .cookie("a", "1"));
    assertThat(jar.header(base)).isEqualTo("a=1");
  }

  @Test
  void cookiesAreSentInTheirOrder() {
    CookieJar jar = jar(session().baseUrl("http://a/").cookie("z", "1").cookie("b", "2"));
    assertThat(jar.header(URI.create("http://a/"))).isEqualTo("z=1; b=2");
  }

  @Test
  void withoutCookiesTheJarIsEmpty() {
    assertThat(jar(session().baseUrl("http://a/")).cookies()).isEmpty();
  }

  @Test
  void aSessionWithoutAJarKeepsNothing() {
    CookieJar jar = jar(session().cookieJar(settings -> settings.withType(CookieJarType.NONE)));
    assertThat(jar).isSameAs(CookieJar.none());
  }

  @Test
  void aJarThatIsGivenIsUsedAndGetsTheCookiesOfTheSettings() {
    CookieJar given = CookieJar.inMemory(CookieJarSettings.DEFAULTS, CLOCK);
    SessionSettings settings = session().baseUrl("http://a/").cookie("a", "1").build();
    assertThat(jar(settings, SessionHooks.builder().cookieJar(given).build())).isSameAs(given);
    assertThat(given.header(URI.create("http://a/"))).isEqualTo("a=1");
  }

  @Test
  void aJarThatIsGivenToASessionWithoutOneIsRefused() {
    SessionSettings settings = session().cookieJar(s -> s.withType(CookieJarType.NONE)).build();
    CookieJar given = CookieJar.inMemory(CookieJarSettings.DEFAULTS, CLOCK);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> jar(settings, SessionHooks.builder().cookieJar(given).build()))
        .withMessageContaining("cookie-jar")
        .withMessageContaining("a jar that is given in code");
  }

  @Test
  void aJarThatIsGivenToASessionWithASharedOneIsRefused() {
    CookieJar given = CookieJar.inMemory(CookieJarSettings.DEFAULTS, CLOCK);
    SessionSettings settings = session().cookieJar(s -> s.withType(CookieJarType.SHARED)).build();
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> jar(settings, SessionHooks.builder().cookieJar(given).build()))
        .returns("cookie-jar", InvalidSettingException::key)
        .returns("shared", InvalidSettingException::value);
  }

  @Test
  void aStoreThatIsGivenToASessionThatSharesNothingIsRefused() {
    SessionHooks hooks = SessionHooks.builder().cookieStore(new NoStore()).build();
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> jar(session().build(), hooks))
        .returns("cookie-jar", InvalidSettingException::key)
        .satisfies(e -> assertThat(e.expected()).contains("shared"));
  }

  @Test
  void aSharedJarHasTheCookiesOfTheSettingsAtOnceAndAsksNobody() {
    SessionSettings settings =
        session()
            .baseUrl("http://a/")
            .cookie("a", "1")
            .cookieJar(s -> s.withType(CookieJarType.SHARED))
            .build();
    CookieJar jar = jar(settings, SessionHooks.builder().cookieStore(new NoStore()).build());
    assertThat(jar.header(URI.create("http://a/"))).isEqualTo("a=1");
  }

  /** Is never asked anything. */
  private static final class NoStore implements CookieStore {
    @Override
    public Map<String, String> entries(String prefix) {
      throw new AssertionError(prefix);
    }

    @Override
    public Optional<String> get(String key) {
      throw new AssertionError(key);
    }

    @Override
    public void put(String key, String value) {
      throw new AssertionError(key);
    }

    @Override
    public void remove(String key) {
      throw new AssertionError(key);
    }

    @Override
    public void remove(String key, String value) {
      throw new AssertionError(key);
    }

    @Override
    public AutoCloseable listen(Consumer<String> changed) {
      throw new AssertionError("listen");
    }
  }

  private static SessionSettingsBuilder session() {
    return SessionSettings.builder("s");
  }

  private static CookieJar jar(SessionSettingsBuilder settings) {
    return jar(settings.build(), SessionHooks.NONE);
  }

  private static CookieJar jar(SessionSettings settings, SessionHooks hooks) {
    return InitialCookies.jar(
        settings, Optional.empty(), hooks, Runnable::run, (delay, task) -> () -> {}, CLOCK);
  }
}
