package org.sessionregistry.servers.proxies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.EgressDeniedException;
import org.sessionregistry.FailureKind;
import org.sessionregistry.HostNotFoundException;
import org.sessionregistry.PinMismatchException;
import org.sessionregistry.ProxyConnectException;
import org.sessionregistry.Response;
import org.sessionregistry.UntrustedCertificateException;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** Who goes through a proxy, what it is told, and whose connections are whose. */
class ProxyChoiceTest {
  @RegisterExtension final ProxyWorld world = new ProxyWorld();

  private static void get(ClientSession session, String uri) throws Exception {
    try (Response response = session.get(uri).send()) {
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.text()).isEmpty();
    }
  }

  // ---- what is sent ---------------------------------------------------------------------------

  /** RFC 9112 section 3.2.2 and RFC 9110 section 9.3.6. */
  @Test
  void aProxyIsAskedForTheWholeUriOrForATunnel() throws Exception {
    Origin plain = world.origin();
    Origin secure = world.secureOrigin();
    Proxy proxy = world.proxy(ProxyKind.JETTY);
    ClientSession session = world.session(proxy, s -> s.proxy(p -> p.withHeader("X-Team", "blue")));

    get(session, plain.origin() + "/a?b=c");
    get(session, secure.origin() + "/a?b=c");

    assertThat(ProxyWorld.seen(proxy))
        .extracting(JettyProxy.Seen::line, JettyProxy.Seen::team)
        .containsExactly(
            tuple("GET http://localhost:" + plain.port() + "/a?b=c", "blue"),
            tuple("CONNECT http://localhost:" + secure.port() + "/", "blue"));
    // What a forwarding proxy hands on is its own affair; through a tunnel it could only come from
    // us.
    assertThat(secure.next().fields()).doesNotContainKey("x-team");
  }

  @Test
  void aWholeRequestGoesOnTheProxysConnection() throws Exception {
    Origin origin = world.origin();
    Proxy proxy = world.proxy(ProxyKind.JETTY);
    ClientSession session =
        world.session(
            proxy,
            s ->
                s.header("X-Default", "1")
                    .proxy(
                        p -> p.withCredentials("user", "password").withHeader("X-Own", "proxy")));

    try (Response response =
        session.post(origin.origin() + "/a").header("X-Own", "mine").body("hello").send()) {
      assertThat(response.text()).isEqualTo("hello");
      assertThat(response.uri().toString()).isEqualTo(origin.origin() + "/a");
    }
    assertThat(origin.next().fields())
        .containsEntry("x-default", "1")
        .containsEntry("x-own", "proxy")
        .doesNotContainKey("proxy-authorization");
  }

  @Test
  void a407OfTheServerItselfIsAResponse() throws Exception {
    Origin secure = world.secureOrigin();
    Origin plain = world.origin();
    ClientSession behind = world.session(world.proxy(ProxyKind.JETTY));

    assertThat(behind.get(secure.origin() + "/407").send().status()).isEqualTo(407);
    ClientSession direct = world.direct(s -> s);
    assertThat(direct.get(plain.originAs("127.0.0.1") + "/407").send().status()).isEqualTo(407);
  }

  // ---- who goes through -----------------------------------------------------------------------

  @Test
  void whoIsExcludedIsConnectedToDirectly() throws Exception {
    Origin origin = world.origin();
    Proxy proxy = world.proxy(ProxyKind.JETTY);
    ClientSession session =
        world.session(proxy, s -> s.proxy(p -> p.withExclude(List.of("127.0.0.0/8"))));

    get(session, origin.originAs("127.0.0.1") + "/direct");
    get(session, origin.origin() + "/proxied");

    assertThat(ProxyWorld.seen(proxy))
        .extracting(JettyProxy.Seen::line)
        .containsExactly("GET " + origin.origin() + "/proxied");
  }

  @Test
  void everyRedirectChoosesAnew() throws Exception {
    Origin origin = world.origin();
    Proxy proxy = world.proxy(ProxyKind.JETTY);
    ClientSession session =
        world.session(
            proxy,
            s ->
                s.proxy(
                    p -> p.withCredentials("user", "s3cr3t").withExclude(List.of("127.0.0.1"))));
    String direct = origin.originAs("127.0.0.1");

    get(session, origin.origin() + "/to?" + direct + "/to?" + origin.origin() + "/end");

    assertThat(ProxyWorld.seen(proxy))
        .extracting(JettyProxy.Seen::line)
        .containsExactly(
            "GET " + origin.origin() + "/to?" + direct + "/to?" + origin.origin() + "/end",
            "GET " + origin.origin() + "/end");
    for (int i = 0; i < 3; i++) {
      assertThat(origin.next().fields()).doesNotContainKey("proxy-authorization");
    }
  }

  @Test
  void thePropertiesOfTheJvmAreReadWhenTheSessionIsOpened() throws Exception {
    Origin origin = world.origin();
    Proxy proxy = world.proxy(ProxyKind.JETTY);
    Map<String, String> properties =
        Map.of("http.proxyHost", "127.0.0.1", "http.proxyPort", "" + proxy.port());
    ClientSession before = world.direct(s -> s.proxy(p -> p.withFromEnvironment(true)));
    ClientSession session;
    properties.forEach(System::setProperty);
    try {
      session =
          world.direct(
              s ->
                  s.proxy(p -> p.withFromEnvironment(true))
                      .dns(d -> d.withHost("origin.test", "127.0.0.1")));
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }

    get(before, origin.originAs("127.0.0.1") + "/before");
    get(session, origin.originAs("127.0.0.1") + "/not-for-the-loopback");
    assertThat(ProxyWorld.seen(proxy)).isEmpty();
    assertThat(session.get(origin.originAs("origin.test") + "/proxied").send().status())
        .isGreaterThanOrEqualTo(500); // the proxy does not know the name
    assertThat(ProxyWorld.seen(proxy)).hasSize(1);
  }

  // ---- whose connections ----------------------------------------------------------------------

  @Test
  void sessionsOfOnePoolShareConnectionsOnlyIfTheyAreTheSameToTheProxy() throws Exception {
    Origin origin = world.origin();
    Proxy proxy = world.proxy(ProxyKind.JETTY);
    UnaryOperator<SessionSettingsBuilder> shared = s -> s.pool(p -> p.withName("shared"));
    ClientSession one = as("one", proxy, shared);
    ClientSession same = as("one", proxy, shared);
    ClientSession other = as("two", proxy, shared);
    ClientSession direct =
        world.direct(s -> shared.apply(s).dns(d -> d.withHost("localhost", "127.0.0.1")));

    for (ClientSession session : List.of(one, same, other, direct)) {
      get(session, origin.origin() + "/a");
    }

    List<JettyProxy.Seen> seen = ProxyWorld.seen(proxy);
    assertThat(seen).hasSize(3);
    assertThat(seen.get(1).clientPort()).isEqualTo(seen.get(0).clientPort());
    assertThat(seen.get(2).clientPort()).isNotEqualTo(seen.get(0).clientPort());
    assertThat(seen.get(2).authorization()).isNotEqualTo(seen.get(0).authorization());
  }

  private ClientSession as(String user, Proxy proxy, UnaryOperator<SessionSettingsBuilder> change) {
    return world.session(
        proxy, s -> change.apply(s).proxy(p -> p.withCredentials(user, "password")));
  }

  // ---- how it is reached ----------------------------------------------------------------------

  @Test
  void theProxysNameIsLookedUpAndItsAddressesAreRaced() throws Exception {
    Origin origin = world.origin();
    Proxy proxy = world.proxy(ProxyKind.JETTY);
    ClientSession session =
        world.direct(
            s ->
                s.proxy("http://proxy.test:" + proxy.port())
                    .dns(d -> d.withHost("proxy.test", "127.0.0.7,127.0.0.1")));

    get(session, origin.origin() + "/a");

    assertThat(ProxyWorld.seen(proxy)).hasSize(1);
  }

  @Test
  void aProxyThatDoesNotListenIsNamed() throws Exception {
    String url = "http://127.0.0.1:" + Daemon.freePort();
    ClientSession session = world.direct(s -> s.proxy(url));

    assertThat(catchThrowable(() -> session.get("http://a.test/").send()))
        .isInstanceOf(ConnectionFailedException.class)
        .hasMessageContaining("cannot connect to the proxy " + url + " for http://a.test: ");
  }

  @Test
  void aProxyWithoutAddressIsNamed() {
    ClientSession session = world.direct(s -> s.proxy("http://proxy.invalid:3128"));

    assertThat(catchThrowable(() -> session.get("http://a.test/").send()))
        .isInstanceOf(HostNotFoundException.class)
        .hasMessageContaining("the proxy's host 'proxy.invalid'");
  }

  // ---- TLS with the proxy ---------------------------------------------------------------------

  @Test
  void aProxyMustBeTrusted() throws Exception {
    Origin origin = world.origin();
    Proxy proxy = world.proxy(ProxyKind.JETTY_TLS, new Identity("localhost", "127.0.0.1"), false);
    ClientSession session = world.session(proxy);

    assertThat(catchThrowable(() -> get(session, origin.origin() + "/a")))
        .isInstanceOf(UntrustedCertificateException.class)
        .hasMessageContaining("the TLS handshake with the proxy " + proxy.url());
    assertThat(origin.unseen()).isZero();
  }

  @Test
  void aProxysCertificateMustNameIt() throws Exception {
    Origin origin = world.origin();
    Identity other = new Identity("other.test");
    Proxy proxy = world.proxy(ProxyKind.JETTY_TLS, other, false);
    ClientSession session =
        world.session(
            proxy, s -> s.tls(t -> t.withTrustPem(trust(other)).withVerifyHostname(false)));

    assertThat(catchThrowable(() -> get(session, origin.origin() + "/a")))
        .isInstanceOf(ProxyConnectException.class)
        .hasMessageContainingAll("does not name '127.0.0.1'", "proxy.url must have a host");
    assertThat(session.statistics().failures()).containsEntry(FailureKind.PROXY_CONNECT, 1L);
  }

  private Path trust(Identity identity) {
    try {
      return identity.certificateFile(world.directory());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsSetForServersIsNotAskedOfTheProxy() throws Exception {
    Origin origin = world.secureOrigin();
    Proxy proxy = world.proxy(ProxyKind.JETTY_TLS);
    ClientSession session =
        world.session(
            proxy, s -> s.tls(t -> t.withPins(List.of("sha256/" + "A".repeat(43) + "="))));

    assertThat(catchThrowable(() -> get(session, origin.origin() + "/a")))
        .isInstanceOf(PinMismatchException.class);
    assertThat(ProxyWorld.seen(proxy)).hasSize(1); // it was the server's key that did not fit
  }

  // ---- egress rules ---------------------------------------------------------------------------

  private static void assertDenied(ClientSession session, String uri, String... parts) {
    assertThat(catchThrowable(() -> get(session, uri)))
        .isInstanceOf(EgressDeniedException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void theProxysOwnAddressIsJudgedUnlessItIsNamed() throws Exception {
    Proxy proxy = world.proxy(ProxyKind.JETTY);
    Origin origin = world.origin();
    ClientSession denied =
        world.session(proxy, s -> s.egress(e -> e.withDeny(List.of("127.0.0.0/8"))));
    ClientSession named =
        world.session(
            proxy,
            s ->
                s.egress(
                    e ->
                        e.withDeny(List.of("127.0.0.0/8"))
                            .withAllow(List.of("*", "127.0.0.1:" + proxy.port()))));

    assertDenied(
        denied,
        origin.origin() + "/a",
        "127.0.0.1, an address of the proxy's host '127.0.0.1': egress.deny has '127.0.0.0/8'");
    get(named, origin.origin() + "/a"); // at 192.0.2.1 as far as the session knows
    assertDenied(named, origin.originAs("127.0.0.1") + "/a", "egress.deny has '127.0.0.0/8'");
    assertThat(ProxyWorld.seen(proxy)).hasSize(1);
  }

  @Test
  void aTargetBehindAProxyIsJudgedByNameAndByTheAddressesItHasHere() throws Exception {
    Proxy proxy = world.proxy(ProxyKind.JETTY);
    ClientSession session =
        world.session(
            proxy,
            s ->
                s.egress(
                        e ->
                            e.withDeny(List.of("private", "*.bad.test"))
                                .withAllow(List.of("*", "127.0.0.1")))
                    .dns(d -> d.withHost("inner.test", "192.0.2.1,10.0.0.1")));

    assertDenied(session, "https://x.bad.test/", "egress.deny has '*.bad.test'");
    assertDenied(session, "http://x.bad.test/", "egress.deny has '*.bad.test'");
    assertDenied(
        session,
        "https://inner.test/",
        "10.0.0.1, an address of the host 'inner.test' behind the proxy",
        "change client-session." + session.name() + ".egress.allow");
    assertDenied(session, "https://nobody.invalid/", "has none here");
    assertDenied(session, "http://169.254.169.254/", "egress.deny has 'private'");
    assertDenied(session, "http://0177.0.0.1/", "in a form");
    assertThat(ProxyWorld.seen(proxy)).isEmpty();
  }

  @Test
  void aRedirectBehindAProxyIsJudgedToo() throws Exception {
    Origin origin = world.origin();
    Proxy proxy = world.proxy(ProxyKind.JETTY);
    ClientSession session =
        world.session(
            proxy,
            s ->
                s.egress(e -> e.withAllow(List.of("localhost", "127.0.0.1/32", "127.0.0.1")))
                    .dns(d -> d.withHost("evil.test", "203.0.113.1")));

    assertDenied(session, origin.origin() + "/to?http://evil.test/", "egress.allow does not");
    assertThat(ProxyWorld.seen(proxy)).hasSize(1);
  }
}
