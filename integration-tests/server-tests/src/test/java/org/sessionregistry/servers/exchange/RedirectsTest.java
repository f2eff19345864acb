package org.sessionregistry.servers.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Redirect;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;
import org.sessionregistry.TooManyRedirectsException;

/** Redirects of real servers, from origin to origin. */
@ParameterizedClass
@EnumSource(PeerKind.class)
class RedirectsTest {
  /** More than is read away to keep a connection. */
  private static final String LONG = "x".repeat(300_000);

  @Parameter PeerKind kind;

  @RegisterExtension final World world = new World();

  private Peer shop;
  private Peer elsewhere;
  private ClientSession session;

  /** {@code /to?307,/there} leads to where the query says; {@code /long} with a long body. */
  @BeforeEach
  void start() {
    elsewhere = world.echo(kind);
    shop =
        world.peer(
            kind,
            (self, call) -> {
              String target = self.keep(call.see()).target();
              int query = target.indexOf('?');
              if (target.equals("/circle")) {
                call.status(302).header("Location", "circle");
                call.reply("");
              } else if (query < 0) {
                call.reply(call.method());
              } else {
                String[] parts = target.substring(query + 1).split(",", 2);
                call.status(Integer.parseInt(parts[0])).header("Location", parts[1]);
                call.reply(target.startsWith("/long") ? LONG : "moved");
              }
            });
    session = world.session(s -> s.baseUrl(shop.origin() + "/").header("X-Api-Key", "s3cr3t"));
  }

  @Test
  void aRedirectWithinTheServerUsesTheSameConnection() throws Exception {
    try (Response response = session.get("/to?302,/there").send()) {
      assertThat(response.text()).isEqualTo("GET");
      assertThat(response.uri()).isEqualTo(URI.create(shop.origin() + "/there"));
      assertThat(response.history()).extracting(Redirect::status).containsExactly(302);
    }
    assertThat(session.statistics().pool().opened()).isOne();
    assertThat(session.statistics().succeeded()).isOne();
  }

  @Test
  void aBodyGoesAlongWith307AndNotWith303() throws Exception {
    URI there = URI.create(elsewhere.origin() + "/there");
    assertThat(session.post("/to?307," + there).body("order").send().text()).isEqualTo("order");
    assertThat(session.post("/to?303,/there").body("order").send().text()).isEqualTo("GET");
  }

  @Test
  void aStreamThatCanBeOpenedAgainGoesAlong() throws Exception {
    RequestBody body =
        RequestBody.ofInputStream(() -> new ByteArrayInputStream(LONG.getBytes(UTF_8)));
    assertThat(session.post("/to?308," + elsewhere.origin() + "/there").body(body).send().text())
        .hasSize(LONG.length());
  }

  @Test
  void theSessionsHeadersStayAtHome() throws Exception {
    session.get("/to?302," + elsewhere.origin() + "/there").bearerAuth("s3cr3t").send().close();

    assertThat(shop.next().header("X-Api-Key")).containsExactly("s3cr3t");
    Seen there = elsewhere.next();
    assertThat(there.header("X-Api-Key")).isEmpty();
    assertThat(there.header("Authorization")).isEmpty();
  }

  @Test
  void aLongBodyOfARedirectIsNotReadToTheEnd() throws Exception {
    assertThat(session.get("/long?302,/there").send().text()).isEqualTo("GET");
    assertThat(session.statistics().pool().opened()).isLessThanOrEqualTo(2);
    assertThat(session.statistics().inFlight()).isZero();
  }

  @Test
  void aCircleEndsInItsException() {
    assertThatThrownBy(() -> session.get("/to?302,/circle").send())
        .isInstanceOf(TooManyRedirectsException.class);
    assertThat(session.statistics().inFlight()).isZero();
    assertThat(session.statistics().pool().inUse()).isZero();
  }
}
