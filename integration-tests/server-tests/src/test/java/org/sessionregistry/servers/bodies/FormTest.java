package org.sessionregistry.servers.bodies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.UrlEncoded;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.FormBody;
import org.sessionregistry.Response;

/** What Jetty's decoder makes of a form. */
class FormTest {
  @RegisterExtension final World world = new World();
  private final AtomicReference<Fields> seen = new AtomicReference<>();
  private final AtomicReference<String> type = new AtomicReference<>();

  private ClientSession session(Peer peer) throws Exception {
    return world.session(
        peer,
        call -> {
          Fields fields = new Fields();
          UrlEncoded.decodeTo(call.text(), fields::add, UTF_8);
          seen.set(fields);
          type.set(call.header("Content-Type"));
        });
  }

  @ParameterizedTest
  @EnumSource
  void aServerReadsTheFieldsThatWereSent(Peer peer) throws Exception {
    FormBody form =
        FormBody.builder()
            .field("name", "Ada & Grace")
            .field("tag", "100% ~ü€😀")
            .field("tag", "a+b=c")
            .field("empty", "")
            .build();
    try (Response response = session(peer).post("/form").body(form).send()) {
      assertThat(response.status()).isEqualTo(200);
    }
    assertThat(type).hasValue("application/x-www-form-urlencoded");
    assertThat(seen.get().getValue("name")).isEqualTo("Ada & Grace");
    assertThat(seen.get().getValues("tag")).containsExactly("100% ~ü€😀", "a+b=c");
    assertThat(seen.get().getValue("empty")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aMapIsAForm(Peer peer) throws Exception {
    session(peer).post("/form").form(Map.of("user", "ada")).send().close();
    assertThat(seen.get().getValue("user")).isEqualTo("ada");
  }
}
