package org.sessionregistry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sessionregistry.cookie.CookieJar;
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
    assertThat(InitialCookies.jar(settings, Optional.of(given), CLOCK)).isSameAs(given);
    assertThat(given.header(URI.create("http://a/"))).isEqualTo("a=1");
  }

  @Test
  void aJarThatIsGivenToASessionWithoutOneIsRefused() {
    SessionSettings settings = session().cookieJar(s -> s.withType(CookieJarType.NONE)).build();
    CookieJar given = CookieJar.inMemory(CookieJarSettings.DEFAULTS, CLOCK);
    assertThatExceptionOfType(InvalidSettingException.class)
        .isThrownBy(() -> InitialCookies.jar(settings, Optional.of(given), CLOCK))
        .withMessageContaining("cookie-jar")
        .withMessageContaining("a jar that is given in code");
  }

  private static SessionSettingsBuilder session() {
    return SessionSettings.builder("s");
  }

  private static CookieJar jar(SessionSettingsBuilder settings) {
    return InitialCookies.jar(settings.build(), Optional.empty(), CLOCK);
  }
}
