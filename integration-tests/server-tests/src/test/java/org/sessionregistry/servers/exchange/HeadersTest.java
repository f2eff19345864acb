package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.settings.SessionSettings;

/** Header fields of requests, as a server reads them, and of responses. */
@ParameterizedClass
@EnumSource(
    value = PeerKind.class,
    names = {"JETTY", "UNDERTOW"})
class HeadersTest {
  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  @Test
  void defaultHeadersGoToTheBaseOriginAndToNoOther() throws Exception {
    Peer base = world.echo(kind);
    Peer other = world.echo(kind);
    ClientSession session =
        world.session(
            base,
            s ->
                s.header("X-Api-Key", "very secret")
                    .header("X-Trace", "on")
                    .headerAnywhere("x-trace"));

    session.get("/").send().bytes();
    session.get(base.origin() + "/absolute").send().bytes();
    session.get(other.origin()).send().bytes();
    session.get(base.originAs("localhost")).send().bytes();

    for (int i = 0; i < 2; i++) {
      Seen atBase = base.next();
      assertThat(atBase.header("X-Api-Key")).containsExactly("very secret");
      assertThat(atBase.header("X-Trace")).containsExactly("on");
    }
    Seen elsewhere = other.next();
    assertThat(elsewhere.header("X-Api-Key")).isEmpty();
    assertThat(elsewhere.header("X-Trace")).containsExactly("on");
    assertThat(base.next().header("X-Api-Key")).as("another host is another origin").isEmpty();
  }

  @Test
  void defaultHeadersGoAnywhereWhenThereIsNoBaseUrl() throws Exception {
    Peer peer = world.echo(kind);

    world.session(s -> s.header("X-Trace", "on")).get(peer.origin()).send().bytes();

    assertThat(peer.next().header("X-Trace")).containsExactly("on");
  }

  @Test
  void aHeaderOfTheRequestWinsOverTheDefaultOfThatName() throws Exception {
    Peer peer = world.echo(kind);
    ClientSession session = world.session(peer, s -> s.header("Accept", "text/plain"));

    session.get("/").header("accept", "a/b").header("Accept", "c/d").send().bytes();
    session.get("/").send().bytes();

    assertThat(String.join(",", peer.next().header("Accept"))).isEqualTo("a/b,c/d");
    assertThat(peer.next().header("Accept")).containsExactly("text/plain");
  }

  @Test
  void theUserAgentNamesTheLibraryUnlessToldOtherwise() throws Exception {
    Peer peer = world.echo(kind);

    world.session(peer).get("/").send().bytes();
    world.session(peer, s -> s.userAgent("mine/1")).get("/").send().bytes();
    world.session(peer, s -> s.userAgent("")).get("/").send().bytes();
    world.session(peer).get("/").header("user-agent", "own/2").send().bytes();
    world.session(peer, s -> s.header("User-Agent", "header/3")).get("/").send().bytes();

    assertThat(peer.next().header("User-Agent"))
        .containsExactly(SessionSettings.DEFAULT_USER_AGENT)
        .allMatch(value -> value.matches("session-registry/\\d+\\.\\d+.*"));
    assertThat(peer.next().header("User-Agent")).containsExactly("mine/1");
    assertThat(peer.next().header("User-Agent")).isEmpty();
    assertThat(peer.next().header("User-Agent")).containsExactly("own/2");
    assertThat(peer.next().header("User-Agent")).containsExactly("header/3");
  }

  @Test
  void theHostIsThatOfTheUriUnlessTheRequestNamesAnother() throws Exception {
    Peer peer = world.echo(kind);
    ClientSession session = world.session(peer);

    session.get("/").send().bytes();
    session.get("/").header("Host", "virtual.example:8080").send().bytes();

    assertThat(peer.next().header("Host")).containsExactly("127.0.0.1:" + peer.port());
    assertThat(peer.next().header("Host")).containsExactly("virtual.example:8080");
  }

  @Test
  void valuesAreSentInLatin1AsTheyAre() throws Exception {
    Peer peer = world.echo(kind);

    world.session(peer).get("/").header("X-Trace", "a\tb \"c\" ,;= d").send().bytes();

    assertThat(peer.next().header("X-Trace").stream().collect(Collectors.joining(",")))
        .isEqualTo("a\tb \"c\" ,;= d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\rb", "a\0b", "a\u007Fb", "\u0001", "€"})
  void aValueThatCouldEndTheLineIsRefused(String value) {
    ClientSession session = world.session(world.echo(kind));

    assertThatThrownBy(() -> session.get("/").header("X-Trace", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("X-Trace");
    assertThatThrownBy(() -> session.get("/").bearerAuth(value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.get("/").cookie("c", value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> world.session(s -> s.header("X-Trace", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("headers.X-Trace");
    assertThatThrownBy(() -> world.session(s -> s.userAgent(value)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X Trace", "X:Trace", "X\r\nEvil", "X\0", "Ü", "(x)", "X-Trace\t"})
  void aNameThatIsNoTokenIsRefused(String name) {
    ClientSession session = world.session(world.echo(kind));

    assertThatThrownBy(() -> session.get("/").header(name, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("\r");
    assertThatThrownBy(() -> world.session(s -> s.header(name, "x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.get("/").cookie(name, "x"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> session.request(name, "/"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length",
        "transfer-encoding",
        "Connection",
        "Keep-Alive",
        "Upgrade",
        "TE",
        "Trailer",
        "Expect",
        "Proxy-Connection",
        "HTTP2-Settings"
      })
  void aHeaderThatFramesTheMessageIsRefused(String name) {
    ClientSession session = world.session(world.echo(kind));

    assertThatThrownBy(() -> session.post("/").header(name, "5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
    assertThatThrownBy(() -> world.session(s -> s.header(name, "5")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void headersOfTheResponseAreFoundWithoutCaseAndRepeatedOnesKept() throws Exception {
    Peer peer =
        world.peer(
            kind,
            call ->
                call.header("X-Many", "1").header("x-many", "2").header("X-One", "ü").reply(""));

    Response response = world.session(peer).get("/").send();

    assertThat(response.headers().all("X-MANY")).containsExactly("1", "2");
    assertThat(response.headers().first("x-many")).contains("1");
    assertThat(response.headers().contains("X-Other")).isFalse();
    response.bytes();
  }

  @Test
  void headersOfTheResponseAreReadInLatin1() throws Exception {
    Peer peer = world.peer(PeerKind.UNDERTOW, call -> call.header("X-One", "ü").reply(""));

    Response response = world.session(peer).get("/").send();

    assertThat(
            response.headers().first("X-One").orElseThrow().getBytes(StandardCharsets.ISO_8859_1))
        .isEqualTo(new byte[] {(byte) 0xFC});
    response.bytes();
  }
}
