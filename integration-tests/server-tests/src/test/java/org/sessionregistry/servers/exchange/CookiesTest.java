package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.CookieJarSettings;
import org.sessionregistry.settings.CookieJarType;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** A session's jar at work between the responses and the requests of real servers. */
@ParameterizedClass
@EnumSource(PeerKind.class)
class CookiesTest {
  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  private Peer peer;

  /** Sets the cookies that the query lists, separated by '&'. */
  @BeforeEach
  void start() {
    peer =
        world.peer(
            kind,
            (self, call) -> {
              String target = self.keep(call.see()).target();
              int query = target.indexOf('?');
              if (query >= 0) {
                for (String cookie : target.substring(query + 1).split("&")) {
                  call.header("Set-Cookie", cookie.replace("%20", " "));
                }
              }
              call.reply("");
            });
  }

  @Test
  void aCookieOfOneResponseIsSentWithTheNextRequest() throws Exception {
    ClientSession session = onLocalhost();

    assertThat(cookieAfter(session, "/login?sid=31d4;%20Path=/;%20HttpOnly&lang=en", "/home"))
        .isEqualTo("sid=31d4; lang=en");
    assertThat(session.cookies().header(session.settings().baseUrl().orElseThrow()))
        .isEqualTo("sid=31d4; lang=en");
  }

  @Test
  void aCookieCanBeChangedAndDeletedByTheServer() throws Exception {
    ClientSession session = onLocalhost();

    assertThat(cookieAfter(session, "/?a=1&b=2", "/")).isEqualTo("a=1; b=2");
    assertThat(cookieAfter(session, "/?a=3", "/")).isEqualTo("a=3; b=2");
    assertThat(cookieAfter(session, "/?b=gone;%20Max-Age=0", "/")).isEqualTo("a=3");
  }

  @Test
  void aCookieIsSentToItsHostOnly() throws Exception {
    ClientSession session = onLocalhost();

    assertThat(cookieAfter(session, "/?a=1", peer.origin() + "/")).isEmpty();
    assertThat(cookieAfter(session, "/", peer.originAs("localhost") + "/")).isEqualTo("a=1");
  }

  @Test
  void aCookieIsSentBelowItsPathOnly() throws Exception {
    ClientSession session = onLocalhost();

    assertThat(cookieAfter(session, "/?a=1;%20Path=/docs", "/")).isEmpty();
    assertThat(cookieAfter(session, "/", "/docs")).isEqualTo("a=1");
    assertThat(cookieAfter(session, "/", "/docs/page?x")).isEqualTo("a=1");
    assertThat(cookieAfter(session, "/", "/docsearch")).isEmpty();
    assertThat(cookieAfter(session, "/shop/cart?b=2", "/shop/pay"))
        .as("the default path is the directory (RFC 6265 section 5.1.4)")
        .isEqualTo("b=2");
  }

  @Test
  void aSecureCookieOfAPlainResponseIsRefused() throws Exception {
    assertThat(cookieAfter(onLocalhost(), "/?a=1;%20Secure", "/")).isEmpty();
  }

  @Test
  void configuredCookiesAreSentFromTheStartToTheBaseHostOnly() throws Exception {
    ClientSession session =
        world.session(s -> s.baseUrl(peer.originAs("localhost")).cookie("beta", "on"));

    assertThat(cookieOf(session, "/")).isEqualTo("beta=on");
    assertThat(cookieOf(session, peer.origin() + "/")).isEmpty();
    assertThat(cookieAfter(session, "/?beta=off", "/")).isEqualTo("beta=off");
  }

  @Test
  void withoutAJarNoCookieIsKept() throws Exception {
    ClientSession session =
        world.session(
            s ->
                s.baseUrl(peer.originAs("localhost"))
                    .cookieJar(j -> j.withType(CookieJarType.NONE)));

    assertThat(cookieAfter(session, "/?a=1", "/")).isEmpty();
    session.get("/").cookie("own", "1").send().bytes();
    assertThat(peer.next().header("Cookie")).containsExactly("own=1");
  }

  @Test
  void aHostThatIsAnAddressSetsCookiesOnlyWhenItMay() throws Exception {
    assertThat(cookieAfter(world.session(peer), "/?a=1", "/")).isEmpty();
    assertThat(
            cookieAfter(
                world.session(peer, s -> s.cookieJar(j -> j.withAcceptIpHosts(true))),
                "/?a=1",
                "/"))
        .isEqualTo("a=1");
  }

  @Test
  void cookiesOfTheRequestStandBesideThoseOfTheJarForThisRequestOnly() throws Exception {
    ClientSession session = onLocalhost();
    cookieAfter(session, "/?a=1", "/");

    session.get("/").cookie("b", "2").cookie("c", "3").send().bytes();

    assertThat(peer.next().header("Cookie")).containsExactly("a=1; b=2; c=3");
    assertThat(cookieOf(session, "/")).isEqualTo("a=1");
  }

  @Test
  void aCookieHeaderOfTheRequestReplacesThemAll() throws Exception {
    ClientSession session = onLocalhost();
    cookieAfter(session, "/?a=1", "/");

    session.get("/").header("Cookie", "only=this").send().bytes();

    assertThat(peer.next().header("Cookie")).containsExactly("only=this");
  }

  @Test
  void aCookieHeaderAndCookiesOfOneRequestAreAContradiction() {
    ClientSession session = onLocalhost();

    assertThatThrownBy(() -> session.get("/").header("Cookie", "a=1").cookie("b", "2").send())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not with both");
  }

  @Test
  void sessionsDoNotShareTheirCookies() throws Exception {
    cookieAfter(onLocalhost(), "/?a=1", "/");

    assertThat(cookieOf(onLocalhost(), "/")).isEmpty();
  }

  @Test
  void sessionsOfTwoRegistriesMayShareAJar() throws Exception {
    CookieJar jar = jar();
    ClientSession first = onLocalhost("first", jar);
    ClientSession second = onLocalhost("second", jar);

    assertThat(cookieAfter(first, "/?sid=31d4", "/")).isEqualTo("sid=31d4");
    assertThat(cookieOf(second, "/")).isEqualTo("sid=31d4");
    assertThat(second.cookies()).isSameAs(jar);
  }

  @Test
  void requestsOfOneSessionMayStandForManyUsers() throws Exception {
    ClientSession session = onLocalhost();
    CookieJar ada = jar();
    CookieJar grace = jar();
    cookieAfter(session, "/?of=session", "/");
    session.get("/?of=ada").cookieJar(ada).send().bytes();
    session.get("/?of=grace").cookieJar(grace).send().bytes();
    assertThat(peer.next().header("Cookie")).isEmpty();
    assertThat(peer.next().header("Cookie")).isEmpty();

    session.get("/").cookieJar(ada).send().bytes();
    assertThat(peer.next().header("Cookie")).containsExactly("of=ada");
    session.get("/").cookieJar(grace).send().bytes();
    assertThat(peer.next().header("Cookie")).containsExactly("of=grace");
    assertThat(cookieOf(session, "/")).isEqualTo("of=session");
    assertThat(peer.usedConnections()).as("one connection serves them all").isEqualTo(1);
  }

  private static CookieJar jar() {
    return CookieJar.inMemory(CookieJarSettings.DEFAULTS, InstantSource.system());
  }

  private ClientSession onLocalhost(String name, CookieJar jar) {
    return world
        .registry()
        .open(
            SessionSettings.builder(name)
                .baseUrl(peer.originAs("localhost"))
                .httpVersion(
                    peer.speaksHttp2() ? HttpVersionPreference.HTTP_2 : HttpVersionPreference.AUTO)
                .build(),
            SessionHooks.builder().cookieJar(jar).build());
  }

  private ClientSession onLocalhost() {
    return world.session((SessionSettingsBuilder s) -> s.baseUrl(peer.originAs("localhost")));
  }

  private String cookieAfter(ClientSession session, String first, String then) throws Exception {
    session.get(first).send().bytes();
    peer.next();
    return cookieOf(session, then);
  }

  private String cookieOf(ClientSession session, String reference) throws Exception {
    session.get(reference).send().bytes();
    return String.join("|", peer.next().header("Cookie"));
  }
}
