package org.sessionregistry.servers.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.Response;

/** Where a request goes: what the server finds in its request line. */
@ParameterizedClass
@EnumSource(
    value = PeerKind.class,
    names = {"JETTY", "UNDERTOW"})
class TargetTest {
  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  /** RFC 3986 section 5.4, on the base /b/c/d;p (a base URL has no query). */
  @ParameterizedTest
  @CsvSource({
    // 5.4.1 Normal Examples
    "g,             /b/c/g",
    "./g,           /b/c/g",
    "g/,            /b/c/g/",
    "/g,            /g",
    "?y,            /b/c/d;p?y",
    "g?y,           /b/c/g?y",
    "#s,            /b/c/d;p",
    "g#s,           /b/c/g",
    "g?y#s,         /b/c/g?y",
    ";x,            /b/c/;x",
    "g;x,           /b/c/g;x",
    "g;x?y#s,       /b/c/g;x?y",
    "'',            /b/c/d;p",
    ".,             /b/c/",
    "./,            /b/c/",
    "..,            /b/",
    "../,           /b/",
    "../g,          /b/g",
    "../..,         /",
    "../../,        /",
    "../../g,       /g",
    // 5.4.2 Abnormal Examples
    "../../../g,    /g",
    "../../../../g, /g",
    "/./g,          /g",
    "/../g,         /g",
    "g.,            /b/c/g.",
    ".g,            /b/c/.g",
    "g..,           /b/c/g..",
    "..g,           /b/c/..g",
    "./../g,        /b/g",
    "./g/.,         /b/c/g/",
    "g/./h,         /b/c/g/h",
    "g/../h,        /b/c/h",
    "g;x=1/./y,     /b/c/g;x=1/y",
    "g;x=1/../y,    /b/c/y",
    "g?y/./x,       /b/c/g?y/./x",
    "g?y/../x,      /b/c/g?y/../x",
    "g#s/./x,       /b/c/g",
    "g#s/../x,      /b/c/g",
  })
  void aReferenceResolvesAgainstTheBaseUrl(String reference, String target) throws Exception {
    Peer peer = world.echo(kind);
    ClientSession session = world.session(s -> s.baseUrl(peer.origin() + "/b/c/d;p"));

    Response response = session.get(reference).send();
    response.bytes();

    assertThat(peer.next().target()).isEqualTo(target);
    String fragment = reference.replaceFirst("^[^#]*", ""); // is kept, but not sent
    assertThat(response.uri()).hasToString(peer.origin() + target + fragment);
  }

  @Test
  void aReferenceWithAnAuthorityGoesThere() throws Exception { // RFC 3986 section 5.4: //g
    Peer base = world.echo(kind);
    Peer other = world.echo(kind);

    world.session(base).get("//127.0.0.1:" + other.port() + "/x?y").send().bytes();

    assertThat(other.next().target()).isEqualTo("/x?y");
    assertThat(base.served()).isZero();
  }

  @Test
  void anAbsoluteUriGoesWhereItSays() throws Exception {
    Peer base = world.echo(kind);
    Peer other = world.echo(kind);
    ClientSession session = world.session(base);

    session.get(other.origin()).send().bytes();
    session.get(other.origin() + "?q=1#fragment").send().bytes();
    session.request("GET", URI.create(other.originAs("localhost") + "/x")).send().bytes();

    assertThat(other.next().target()).isEqualTo("/");
    assertThat(other.next().target()).isEqualTo("/?q=1");
    assertThat(other.next().header("Host")).containsExactly("localhost:" + other.port());
    assertThat(base.served()).isZero();
  }

  @Test
  void schemeAndHostAreComparedWithoutCase() throws Exception {
    Peer peer = world.echo(kind);
    ClientSession session =
        world.session(s -> s.baseUrl(peer.originAs("localhost")).query("k", "1"));

    session.get("HTTP://LocalHost:" + peer.port() + "/x").send().bytes();

    assertThat(peer.next().target()).isEqualTo("/x?k=1");
    assertThat(session.statistics().pool().opened()).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "/users/{user},      ada,      /users/ada",
    "/users/{user},      'a b',    /users/a%20b",
    "/users/{user},      a/b,      /users/a%2Fb",
    "/users/{user},      a?b#c&d,  /users/a%3Fb%23c%26d",
    "/users/{user},      50%,      /users/50%25",
    "/users/{user},      %20,      /users/%2520",
    "/users/{user},      grüße,    /users/gr%C3%BC%C3%9Fe",
    "/users/{user},      😀,       /users/%F0%9F%98%80",
    "/users/{user},      -._~,     /users/-._~",
    "/users/{user},      '',       /users/",
    "/a%20b/{user},      x,        /a%20b/x",
    "/{user}/{user},     x,        /x/x",
    "/x?name={user},     a&b=c,    /x?name=a%26b%3Dc",
    "users/{user}#part,  x,        /users/x",
  })
  void aVariableIsEncodedAndTheRestIsNot(String template, String value, String target)
      throws Exception { // RFC 6570 section 3.2.2
    Peer peer = world.echo(kind);

    world.session(peer).get(template).path("user", value).send().bytes();

    assertThat(peer.next().target()).isEqualTo(target);
  }

  @Test
  void aVariableWithoutValueAndAValueWithoutVariableAreRefused() {
    ClientSession session = world.session(world.echo(kind));

    assertThatThrownBy(() -> session.get("/users/{user}").send())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{user}");
    assertThatThrownBy(() -> session.get("/users").path("user", "x").send())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user");
    assertThatThrownBy(() -> session.get("/users/{user").path("user", "x").send())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never closes");
  }

  @Test
  void queryParametersAreAppendedInOrderAndEncoded() throws Exception {
    Peer peer = world.echo(kind);

    world
        .session(peer)
        .get("/find?kind=book#top")
        .query("tag", "a b")
        .query("tag", "ü&=+")
        .query("n", 5)
        .send()
        .bytes();

    assertThat(peer.next().target()).isEqualTo("/find?kind=book&tag=a%20b&tag=%C3%BC%26%3D%2B&n=5");
  }

  @Test
  void theDefaultQueryGoesToTheBaseOriginOnly() throws Exception {
    Peer base = world.echo(kind);
    Peer other = world.echo(kind);
    ClientSession session = world.session(base, s -> s.query("api key", "ü/1").query("v", "2"));

    session.get("/x").send().bytes();
    session.get("/x?a=b").query("c", "d").send().bytes();
    session.get(base.origin() + "/absolute").send().bytes();
    session.get(other.origin() + "/x?a=b").send().bytes();

    assertThat(base.next().target()).isEqualTo("/x?api%20key=%C3%BC%2F1&v=2");
    assertThat(base.next().target()).isEqualTo("/x?a=b&c=d&api%20key=%C3%BC%2F1&v=2");
    assertThat(base.next().target()).isEqualTo("/absolute?api%20key=%C3%BC%2F1&v=2");
    assertThat(other.next().target()).isEqualTo("/x?a=b");
  }

  @Test
  void charactersOutsideAsciiAreEncodedInUtf8() throws Exception {
    Peer peer = world.echo(kind);

    world.session(peer).get("/grüße?größe=1").send().bytes();

    assertThat(peer.next().target()).isEqualTo("/gr%C3%BC%C3%9Fe?gr%C3%B6%C3%9Fe=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a b",
        "/a%zz",
        "/a%2",
        "/a\r\nX-Evil: 1",
        "/a\0",
        "/a|b",
        "/<script>",
        "http://",
        "http:///x",
        "http:x",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:99999/",
        "http://in valid/",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "ws://127.0.0.1/",
        "mailto:somebody@example.org",
        "http://user:secret@127.0.0.1/",
        "http://user@127.0.0.1/",
        "//user:secret@127.0.0.1/",
      })
  void whatCannotBeRequestedIsRefusedAtOnce(String reference) {
    ClientSession session = world.session(world.echo(kind));

    assertThatThrownBy(() -> session.get(reference).sendAsync())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
    assertThat(session.statistics().requests()).isZero();
  }

  @Test
  void aRelativeReferenceWithoutABaseUrlIsRefusedAndSaysWhatToSet() {
    ClientSession session = world.session(s -> s);

    assertThatThrownBy(() -> session.get("/x").send())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("client-session." + session.name() + ".base-url");
  }

  @Test
  void anAddressOfVersionSixIsAHostToo() throws Exception {
    ClientSession session = world.session(s -> s);

    assertThatThrownBy(() -> session.get("http://[::1]:1/x").send())
        .isInstanceOf(ConnectionFailedException.class)
        .hasMessageContaining("http://[::1]:1/x");
  }
}
