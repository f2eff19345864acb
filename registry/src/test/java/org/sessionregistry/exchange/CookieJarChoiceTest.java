package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.Headers;
import org.sessionregistry.ListenerFailedException;
import org.sessionregistry.Request;
import org.sessionregistry.RequestBodyException;
import org.sessionregistry.Response;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.cookie.Cookie;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.CookieJarSettings;

/** Which jar an exchange takes its cookies from, and puts those in that it gets. */
class CookieJarChoiceTest {
  private static final URI PLACE = URI.create("http://a/");

  private final CookieJar users =
      CookieJar.inMemory(CookieJarSettings.DEFAULTS, InstantSource.fixed(Instant.EPOCH));
  private World world = World.simple();

  @AfterEach
  void nothingIsLeft() {
    world.assertNothingIsLeft();
  }

  @Test
  void theSessionsJarIsUsedUnlessTheRequestSaysOtherwise() {
    world.cookies.store(PLACE, List.of("of=session"));
    users.store(PLACE, List.of("of=user"));
    world.send(world.get("/x"));
    assertThat(sent().all("Cookie")).containsExactly("of=session");
    world.connection().respond(200, "");
    world.send(world.get("/x").cookieJar(users).cookie("own", "1"));
    assertThat(sent().all("Cookie")).containsExactly("of=user; own=1");
    world.connection().respond(200, "");
  }

  @Test
  void whatIsSetGoesToTheRequestsJarAlone() {
    world.send(world.get("/x").cookieJar(users));
    world.connection().sent().head(200, "Set-Cookie", "login=1").end();
    assertThat(users.header(PLACE)).isEqualTo("login=1");
    assertThat(world.cookies.cookies()).isEmpty();
  }

  @Test
  void theRequestsJarIsKeptThroughRedirects() {
    world.cookies.store(PLACE, List.of("of=session"));
    CompletableFuture<Response> response = world.send(world.get("/x").cookieJar(users));
    world
        .connection()
        .sent()
        .head(302, "Location", "/home", "Set-Cookie", "login=1", "Content-Length", "0")
        .end();
    assertThat(sent().all("Cookie")).containsExactly("login=1");
    world.connection().respond(200, "");
    assertThat(response.join().status()).isEqualTo(200);
    assertThat(world.cookies.header(PLACE)).isEqualTo("of=session");
  }

  @Test
  void aCircleIsNoneWhenTheRequestsJarHasChanged() {
    CompletableFuture<Response> response = world.send(world.get("/x").cookieJar(users));
    world.connection().sent().head(302, "Location", "/x", "Set-Cookie", "login=1").end();
    world.connection().respond(200, "");
    assertThat(response.join().history()).hasSize(1);
  }

  @Test
  void noJarAtAllCanBeChosenForARequest() {
    world.cookies.store(PLACE, List.of("of=session"));
    world.send(world.get("/x").cookieJar(CookieJar.none()));
    assertThat(sent().all("Cookie")).isEmpty();
    world.connection().sent().head(200, "Set-Cookie", "more=1").end();
    assertThat(world.cookies.header(PLACE)).isEqualTo("of=session");
  }

  @Test
  void anInterceptorIsShownTheCookiesOfTheRequestsJar() {
    users.store(PLACE, List.of("of=user"));
    world =
        World.with(
            s -> s,
            SessionHooks.builder().aroundAttempt((request, next) -> next.send(request)).build());
    world.cookies.store(PLACE, List.of("of=session"));
    world.send(world.get("/x").cookieJar(users));
    assertThat(sent().all("Cookie")).containsExactly("of=user");
    world.connection().sent().head(200, "Set-Cookie", "login=1").end();
    assertThat(users.header(PLACE)).isEqualTo("of=user; login=1");
  }

  @Test
  void copiesOfARequestKeepItsJar() {
    Request request =
        world
            .get("/x")
            .cookieJar(users)
            .build()
            .withMethod("PUT")
            .withReference("/y")
            .withHeader("A", "1")
            .withoutCookies();
    assertThat(request.cookieJar()).containsSame(users);
    assertThat(world.get("/x").build().cookieJar()).isEmpty();
  }

  // ---- jars of the application's own that throw -----------------------------------------------

  @Test
  void aJarThatTakesNoCookiesFailsTheExchangeAndNothingElse() {
    CompletableFuture<Response> response =
        world.send(world.get("/x").cookieJar(new ThrowingJar(true, 0)));
    world.connection().sent().head(200, "Set-Cookie", "login=s3cr3t", "Content-Length", "0");
    ListenerFailedException failure = World.failure(response, ListenerFailedException.class);
    assertThat(failure).hasMessageContaining("ThrowingJar").hasMessageContaining("no room");
    assertThat(failure.getMessage()).doesNotContain("s3cr3t");
    assertThat(world.statistics().failed()).isEqualTo(1);
  }

  @Test
  void aJarThatGivesNoCookiesFailsTheExchangeAndLeavesTheConnection() {
    CompletableFuture<Response> response =
        world.send(world.get("/x").cookieJar(new ThrowingJar(false, 0)));
    World.failure(response, RequestBodyException.class);
    assertThat(world.connection().closed).isFalse();
  }

  @Test
  void aJarThatGivesNoCookiesAfterARedirectFailsTheExchange() {
    CompletableFuture<Response> response =
        world.send(world.get("/x").cookieJar(new ThrowingJar(false, 1)));
    world.connection().sent().head(302, "Location", "/y", "Content-Length", "0").end();
    assertThat(response).isCompletedExceptionally();
  }

  /** Fails to take cookies if told to, and to give them after so many times. */
  private static final class ThrowingJar implements CookieJar {
    private final boolean takesNone;
    private int left;

    ThrowingJar(boolean takesNone, int gives) {
      this.takesNone = takesNone;
      this.left = takesNone ? Integer.MAX_VALUE : gives;
    }

    @Override
    public String header(URI uri) {
      if (left-- <= 0) {
        throw new IllegalStateException("no light");
      }
      return "";
    }

    @Override
    public void store(URI uri, List<String> setCookieFields) {
      if (takesNone) {
        throw new IllegalStateException("no room");
      }
    }

    @Override
    public List<Cookie> matching(URI uri) {
      return List.of();
    }

    @Override
    public void put(Cookie cookie) {}

    @Override
    public List<Cookie> cookies() {
      return List.of();
    }

    @Override
    public void remove(Cookie cookie) {}

    @Override
    public void clear() {}
  }

  private Headers sent() {
    return Headers.of(world.connection().request.headers());
  }
}
