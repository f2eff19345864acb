package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.exchange.World.failure;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.Headers;
import org.sessionregistry.Redirect;
import org.sessionregistry.RedirectRefusedException;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBodyException;
import org.sessionregistry.RequestBuilder;
import org.sessionregistry.Response;
import org.sessionregistry.TooManyRedirectsException;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.connector.OutgoingRequest;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** Where a redirect leads, and what of the request goes there (RFC 9110 section 15.4). */
class RedirectTest {
  private World world = World.simple();

  private void with(UnaryOperator<SessionSettingsBuilder> change) {
    world = World.with(change);
  }

  /** The connection that the last request went over. */
  private FakeConnection wire() {
    for (int i = world.dialer.dials() - 1; i >= 0; i--) {
      if (world.dialer.connection(i).isBusy()) {
        return world.dialer.connection(i);
      }
    }
    throw new AssertionError("nothing is on its way");
  }

  private void redirect(int status, String location) {
    wire().sent().head(status, "Location", location).end();
  }

  private OutgoingRequest sent() {
    return wire().request;
  }

  private Headers fields() {
    return Headers.of(sent().headers());
  }

  private CompletableFuture<Response> redirected(
      RequestBuilder request, int status, String location) {
    CompletableFuture<Response> future = world.send(request);
    redirect(status, location);
    return future;
  }

  // ---- which are followed, and as what --------------------------------------------------------

  @ParameterizedTest(name = "{0} answered by {1} becomes {2}, body kept: {3}")
  @CsvSource({
    // RFC 9110 sections 15.4.2 and 15.4.3, the note on POST
    "GET, 301, GET, true",
    "HEAD, 301, HEAD, true",
    "POST, 301, GET, false",
    "PUT, 301, PUT, true",
    "POST, 302, GET, false",
    "DELETE, 302, DELETE, true",
    // section 15.4.4
    "GET, 303, GET, true",
    "HEAD, 303, HEAD, true",
    "POST, 303, GET, false",
    "PUT, 303, GET, false",
    // sections 15.4.8 and 15.4.9
    "POST, 307, POST, true",
    "PUT, 307, PUT, true",
    "POST, 308, POST, true",
    "PATCH, 308, PATCH, true",
  })
  void theMethodIsKeptOrBecomesGet(String method, int status, String next, boolean keepsBody) {
    boolean hasBody = !method.equals("GET") && !method.equals("HEAD");
    RequestBuilder request = world.request(method, "/from").header("Content-Language", "de");
    redirected(hasBody ? request.body("text") : request, status, "/to");

    assertThat(sent().method()).isEqualTo(next);
    assertThat(sent().target()).isEqualTo("/to");
    assertThat(fields().contains("Content-Language")).isEqualTo(keepsBody);
    assertThat(fields().contains("Content-Type")).isEqualTo(hasBody && keepsBody);
    assertThat(fields().first("Content-Length"))
        .isEqualTo(hasBody && keepsBody ? Optional.of("4") : Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 300, 304, 305, 306, 400})
  void otherStatusesAreTheResponse(int status) {
    CompletableFuture<Response> future = world.send();
    wire().sent().head(status, "Location", "/to");

    assertThat(future.join().status()).isEqualTo(status);
  }

  @Test
  void aRedirectWithoutALocationIsTheResponse() {
    CompletableFuture<Response> future = world.send();
    wire().sent().head(302);

    assertThat(future.join().status()).isEqualTo(302);
  }

  @Test
  void withoutFollowingTheRedirectIsTheResponse() {
    with(settings -> settings.redirects(r -> r.withMax(0)));
    CompletableFuture<Response> future = world.send();
    wire().sent().head(302, "Location", "/to");

    assertThat(future.join().status()).isEqualTo(302);
    assertThat(future.join().history()).isEmpty();
  }

  // ---- where to -------------------------------------------------------------------------------

  @ParameterizedTest(name = "{0} from /dir/from?q#frag leads to {1}")
  @CsvSource({
    // RFC 3986 section 5
    "/to, http://a/to#frag",
    "to, http://a/dir/to#frag",
    "../to, http://a/to#frag",
    "?x, http://a/dir/from?x#frag",
    "http://b/to, http://b/to#frag",
    "//b/to, http://b/to#frag",
    "http://b, http://b/#frag",
    // RFC 9110 section 10.2.2: its own fragment wins
    "/to#other, http://a/to#other",
    // as servers send it: spaces, and UTF-8 as bytes
    "'/a b', http://a/a%20b#frag",
    "/gr\u00c3\u00bcn, http://a/gr%C3%BCn#frag",
    // encoded already, and not encoded twice
    "/a%20b, http://a/a%20b#frag",
  })
  void aLocationIsResolvedAgainstWhatItAnswers(String location, String uri) {
    CompletableFuture<Response> future = redirected(world.get("/dir/from?q#frag"), 302, location);
    wire().respond(200, "");

    assertThat(future.join().uri()).isEqualTo(URI.create(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a/",
        "mailto:a@b",
        "javascript:alert(1)",
        "http://",
        "http:///x",
        "http://[::1",
        "http://user:secret@a/",
        "http://a:0/",
        "http://a:70000/",
        "/%zz",
      })
  void whatIsNoHttpUrlIsRefused(String location) {
    Throwable failure = failure(redirected(world.get("/from"), 302, location));

    assertThat(failure)
        .isInstanceOf(RedirectRefusedException.class)
        .hasMessageContaining("leads to no http URL")
        .hasMessageNotContaining("secret");
    world.assertNothingIsLeft();
  }

  @Test
  void theSessionsQueryIsNotAddedAgain() {
    with(settings -> settings.query("key", "value"));
    redirected(world.get("/from"), 302, "/to");

    assertThat(sent().target()).isEqualTo("/to");
  }

  @Test
  void fromHttpsToHttpIsRefusedUnlessAllowed() {
    with(settings -> settings.baseUrl("https://a/"));
    Throwable failure = failure(redirected(world.get("/from"), 301, "http://a/to"));
    assertThat(failure)
        .isInstanceOf(RedirectRefusedException.class)
        .hasMessageContaining("from https to http");

    with(s -> s.baseUrl("https://a/").redirects(r -> r.withAllowDowngrade(true)));
    redirected(world.get("/from"), 301, "http://a/to");
    assertThat(sent().target()).isEqualTo("/to");
  }

  // ---- what goes with it ----------------------------------------------------------------------

  @Test
  void whatIsMeantForOneOriginDoesNotReachAnother() {
    with(
        settings ->
            settings
                .header("X-Api-Key", "s3cr3t")
                .header("X-Trace", "on")
                .headerAnywhere("X-Trace"));
    redirected(
        world
            .get("/from")
            .bearerAuth("s3cr3t")
            .header("Proxy-Authorization", "s3cr3t")
            .header("X-Own", "kept")
            .cookie("c", "s3cr3t"),
        302,
        "http://b/to");

    assertThat(String.join(" ", sent().headers())).doesNotContain("s3cr3t");
    assertThat(fields().first("X-Own")).contains("kept");
    assertThat(fields().first("X-Trace")).contains("on");
    assertThat(fields().first("Host")).contains("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a:81/", "http://b/", "http://a.b/"})
  void anotherPortOrHostIsAnotherOrigin(String location) {
    redirected(world.get("/from").bearerAuth("s3cr3t"), 302, location);

    assertThat(fields().contains("Authorization")).isFalse();
  }

  @Test
  void withinTheOriginEverythingGoesAlong() {
    with(settings -> settings.header("X-Api-Key", "k"));
    redirected(world.get("/from").bearerAuth("t").cookie("c", "1"), 302, "/to");

    assertThat(fields().first("Authorization")).contains("Bearer t");
    assertThat(fields().first("X-Api-Key")).contains("k");
    assertThat(fields().first("Cookie")).contains("c=1");
  }

  @Test
  void whatWasDroppedStaysDroppedOnTheWayBack() {
    redirected(world.get("/from").bearerAuth("s3cr3t"), 302, "http://b/");
    redirect(302, "http://a/back");

    assertThat(fields().contains("Authorization")).isFalse();
  }

  @Test
  void withoutABaseUrlTheSessionsHeadersStayWithTheFirstOrigin() {
    world = World.withoutBase(settings -> settings.header("X-Api-Key", "s3cr3t"));
    redirected(world.get("http://a/from"), 302, "http://b/");
    assertThat(fields().contains("X-Api-Key")).isFalse();

    redirect(302, "http://a/back");
    assertThat(fields().first("X-Api-Key")).contains("s3cr3t");
  }

  @Test
  void cookiesOfTheWayAreKeptAndSent() {
    world.send(world.get("/from"));
    wire().sent().head(302, "Location", "/to", "Set-Cookie", "seen=1").end();

    assertThat(fields().first("Cookie")).contains("seen=1");
  }

  // ---- bodies ---------------------------------------------------------------------------------

  @Test
  void aBodyThatCannotBeSentAgainIsAnErrorThatSaysSo() {
    RequestBody once = RequestBody.ofInputStream(new ByteArrayInputStream(new byte[3]));
    Throwable failure = failure(redirected(world.request("POST", "/from").body(once), 307, "/to"));

    assertThat(failure)
        .isInstanceOf(RedirectRefusedException.class)
        .hasMessageContaining("cannot be sent twice");
  }

  @Test
  void aBodyThatThrowsWhenItIsAskedFailsTheExchange() {
    RequestBody silent = new SilentBody(RequestBody.ofText("text"));
    CompletableFuture<Response> future =
        redirected(world.request("POST", "/from").body(silent), 307, "/to");

    assertThat(failure(future, RequestBodyException.class)).hasMessageContaining("it does not say");
    world.assertNothingIsLeft();
  }

  @Test
  void aBodyThatIsDroppedNeedNotBeSentAgain() {
    RequestBody once = RequestBody.ofInputStream(new ByteArrayInputStream(new byte[3]));
    redirected(world.request("POST", "/from").body(once), 303, "/to");

    assertThat(sent().method()).isEqualTo("GET");
  }

  @Test
  void theBodyOfARedirectIsReadAway() {
    world.send(world.get("/from"));
    wire().sent().head(302, "Location", "/to", "Content-Length", "4");
    assertThat(wire().isDiscarding()).isTrue();
    wire().data("gone").end();

    assertThat(sent().target()).isEqualTo("/to");
    assertThat(world.dialer.dials()).isOne();
  }

  @Test
  void aRedirectWhoseBodyIsTooLongIsFollowedOnAnotherConnection() {
    CompletableFuture<Response> future = world.send(world.get("/from"));
    wire().sent().head(302, "Location", "/to");
    wire().fail(Kind.DISCARDED);
    wire().respond(200, "there");

    assertThat(future.join().textAsync().join()).isEqualTo("there");
    assertThat(world.dialer.dials()).isEqualTo(2);
  }

  // ---- the way --------------------------------------------------------------------------------

  @Test
  void theResponseTellsTheWay() {
    CompletableFuture<Response> future = redirected(world.get("/one"), 301, "/two");
    redirect(302, "http://b/three");
    wire().respond(200, "");

    assertThat(future.join().history())
        .containsExactly(
            new Redirect(URI.create("http://a/one"), 301, Headers.of("Location", "/two")),
            new Redirect(
                URI.create("http://a/two"), 302, Headers.of("Location", "http://b/three")));
    assertThat(future.join().uri()).isEqualTo(URI.create("http://b/three"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10})
  void asManyAreFollowedAsTheSettingSays(int max) {
    with(settings -> settings.redirects(r -> r.withMax(max)));
    CompletableFuture<Response> future = world.send(world.get("/0"));
    for (int i = 1; i <= max; i++) {
      redirect(302, "/" + i);
    }
    assertThat(sent().target()).isEqualTo("/" + max);
    redirect(302, "/toomany");

    Throwable failure = failure(future);
    assertThat(failure)
        .isInstanceOf(TooManyRedirectsException.class)
        .hasMessageContaining("client-session.s.redirects.max=" + max);
    assertThat(((TooManyRedirectsException) failure).history()).hasSize(max + 1);
    world.assertNothingIsLeft();
  }

  @Test
  void aCircleIsFoundBeforeTheLimit() {
    CompletableFuture<Response> future = redirected(world.get("/a"), 302, "/b");
    redirect(302, "/a");
    redirect(302, "/b");

    assertThat(failure(future))
        .isInstanceOf(TooManyRedirectsException.class)
        .hasMessageContaining("circle");
  }

  @Test
  void comingBackWithACookieIsNoCircle() {
    CompletableFuture<Response> future = redirected(world.get("/a"), 302, "/a");
    wire().sent().head(302, "Location", "/a", "Set-Cookie", "login=1").end();
    wire().respond(200, "");

    assertThat(future.join().status()).isEqualTo(200);
  }

  // ---- the end in between ---------------------------------------------------------------------

  @Test
  void cancellingOnTheWayEndsTheExchange() {
    CompletableFuture<Response> future = redirected(world.get("/a"), 302, "/b");
    future.cancel(false);

    world.assertNothingIsLeft();
  }

  @Test
  void aStaleConnectionOnTheWayIsReplacedToo() {
    CompletableFuture<Response> future = redirected(world.get("/a"), 302, "/b");
    wire().fail(Kind.CLOSED_UNANSWERED);
    wire().respond(200, "");

    assertThat(future.join().status()).isEqualTo(200);
  }
}
