package org.sessionregistry.servers.proxies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.sessionregistry.ClientSession;
import org.sessionregistry.HttpVersion;
import org.sessionregistry.ProxyAuthenticationException;
import org.sessionregistry.ProxyConnectException;
import org.sessionregistry.Response;
import org.sessionregistry.settings.HttpVersionPreference;

/**
 * What every proxy has to do, whatever it speaks; names are looked up by the proxy. Dante knows the
 * users of the operating system only, and Tinyproxy only names and passwords in ASCII.
 */
class ThroughProxiesTest {
  @RegisterExtension final ProxyWorld world = new ProxyWorld();

  @ParameterizedTest
  @EnumSource
  void anHttpServerIsReached(ProxyKind kind) throws Exception {
    Origin origin = world.origin();
    ClientSession session = world.session(world.proxy(kind));

    for (int i = 0; i < 3; i++) {
      try (Response response = session.post(origin.origin() + "/a?b=c").body("hello").send()) {
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.text()).isEqualTo("hello");
      }
      Origin.Seen seen = origin.next();
      assertThat(seen.method()).isEqualTo("POST");
      assertThat(seen.target()).isEqualTo("/a?b=c");
      assertThat(seen.fields()).containsEntry("host", "localhost:" + origin.port());
    }
    int closedEachTime = kind == ProxyKind.TINYPROXY ? 3 : 1; // it speaks HTTP/1.0
    assertThat(session.statistics().pool().opened()).isEqualTo(closedEachTime);
  }

  @ParameterizedTest
  @EnumSource
  void anHttpsServerIsReachedThroughATunnelWithHttp2(ProxyKind kind) throws Exception {
    Origin origin = world.secureOrigin();
    ClientSession session = world.session(world.proxy(kind));

    for (int i = 0; i < 3; i++) {
      try (Response response = session.post(origin.origin() + "/a").body("hello").send()) {
        assertThat(response.text()).isEqualTo("hello");
        assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
      }
      assertThat(origin.next().version()).isEqualTo("HTTP/2.0");
    }
    assertThat(session.statistics().pool().opened()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void anHttpsServerIsReachedThroughATunnelWithHttp11(ProxyKind kind) throws Exception {
    Origin origin = world.secureOrigin();
    ClientSession session =
        world.session(world.proxy(kind), s -> s.httpVersion(HttpVersionPreference.HTTP_1_1));

    assertThat(session.get(origin.origin() + "/a").send().text()).isEmpty();
    assertThat(origin.next().version()).isEqualTo("HTTP/1.1");
  }

  @ParameterizedTest
  @EnumSource
  void http2WithoutTlsIsTunnelled(ProxyKind kind) throws Exception {
    Origin origin = world.origin();
    ClientSession session =
        world.session(world.proxy(kind), s -> s.httpVersion(HttpVersionPreference.HTTP_2));

    assertThat(session.get(origin.origin() + "/a").send().text()).isEmpty();
    assertThat(origin.next().version()).isEqualTo("HTTP/2.0");
  }

  @ParameterizedTest
  @EnumSource
  void largeBodiesGoThroughUnchanged(ProxyKind kind) throws Exception {
    Origin origin = world.secureOrigin();
    ClientSession session = world.session(world.proxy(kind));
    byte[] large = new byte[1_000_000];
    IntStream.range(0, large.length).forEach(i -> large[i] = (byte) (i * 31 >> 3));

    assertThat(session.post(origin.origin() + "/a").body(large).send().bytes()).isEqualTo(large);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"DANTE", "TINYPROXY"})
  void credentialsAreShownToTheProxyAndToNobodyElse(ProxyKind kind) throws Exception {
    Proxy proxy = world.closedProxy(kind);
    ClientSession session =
        world.session(
            proxy, s -> s.proxy(p -> p.withCredentials(ProxyKind.USER, ProxyKind.PASSWORD)));

    for (Origin origin : new Origin[] {world.origin(), world.secureOrigin()}) {
      assertThat(session.get(origin.origin() + "/a").send().status()).isEqualTo(200);
      assertThat(origin.next().fields()).doesNotContainKey("proxy-authorization");
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"DANTE", "TINYPROXY"})
  void withoutCredentialsAProxyThatWantsThemSaysSo(ProxyKind kind) throws Exception {
    Proxy proxy = world.closedProxy(kind);
    ClientSession session = world.session(proxy);

    for (Origin origin : new Origin[] {world.origin(), world.secureOrigin()}) {
      Throwable failure = catchThrowable(() -> session.get(origin.origin() + "/a").send());
      assertThat(failure)
          .isInstanceOf(ProxyAuthenticationException.class)
          .hasMessageContainingAll(
              "the proxy " + proxy.url() + " wants a user name and a password",
              "set client-session." + session.name() + ".proxy.username and ");
      assertThat(origin.unseen()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"DANTE", "TINYPROXY"})
  void aWrongPasswordIsRefusedAndNeverShown(ProxyKind kind) throws Exception {
    Proxy proxy = world.closedProxy(kind);
    ClientSession session =
        world.session(proxy, s -> s.proxy(p -> p.withCredentials(ProxyKind.USER, "s3cr3t")));

    for (Origin origin : new Origin[] {world.origin(), world.secureOrigin()}) {
      Throwable failure = catchThrowable(() -> session.get(origin.origin() + "/a").send());
      assertThat(failure)
          .isInstanceOf(ProxyAuthenticationException.class)
          .hasMessageContainingAll(
              "does not accept the user name and password",
              "check client-session." + session.name() + ".proxy.username and ");
      assertThat(failure.getMessage()).doesNotContain("s3cr3t", encoded("s3cr3t"));
      assertThat(origin.unseen()).isZero();
    }
  }

  private static String encoded(String password) {
    return Base64.getEncoder()
        .encodeToString((ProxyKind.USER + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void aServerThatTheProxyDoesNotReachIsAFailureOfTheWay(ProxyKind kind) throws Exception {
    int nobody = Daemon.freePort();
    Proxy proxy = world.proxy(kind);
    ClientSession session = world.session(proxy);

    Throwable failure =
        catchThrowable(() -> session.get("https://localhost:" + nobody + "/a").send());
    assertThat(failure)
        .isInstanceOf(ProxyConnectException.class)
        .hasMessageContainingAll(
            "the proxy " + proxy.url() + " opens no way to localhost:" + nobody + ": ",
            "client-session." + session.name() + ".proxy.exclude");
  }
}
