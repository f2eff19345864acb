package org.sessionregistry.servers.bodies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;

/** What a server sees of a URI with characters of any language. */
class UriTest {
  @RegisterExtension final World world = new World();

  @ParameterizedTest
  @EnumSource
  void aServerSeesUtf8PercentEncodedOnceAndTheHostInAscii(Peer peer) throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    ClientSession session =
        world.session(
            peer,
            s -> s.dns(d -> d.withHost("xn--bcher-kva.example", "127.0.0.1")),
            call -> seen.add(call.authority() + " " + call.target()));
    String port = session.settings().baseUrl().orElseThrow().toString().replaceAll(".*:", ":");
    session.get("http://Bücher.example" + port + "ü%2F{v}?ä=%25").path("v", "%/ö").send().close();
    assertThat(seen)
        .containsExactly(
            "xn--bcher-kva.example" + port.replace("/", "") + " /%C3%BC%2F%25%2F%C3%B6?%C3%A4=%25");
  }
}
