package org.sessionregistry.restclients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;

/** What the application sees of a client whose transport is a session. */
class CallsTest {
  @RegisterExtension final World world = new World();

  @Test
  void theImplementationIsTheOneOfThisRun() {
    assertThat(Implementation.expected().made(RestClientBuilder.newBuilder())).isTrue();
  }

  @Test
  void aGetReadsJson() throws Exception {
    Upstream upstream = world.upstream(call -> call.json("{\"name\":\"Ada\",\"age\":36}"));
    ClientSession session = world.session(s -> s);

    assertThat(world.directory(upstream, session).user("ada")).hasToString("Ada, 36");

    assertThat(upstream.seen()).containsExactly("GET /users/ada");
    World.awaitNothingInFlight(session);
    assertThat(session.statistics().succeeded()).isEqualTo(1);
  }

  @Test
  void callsOneAfterTheOtherNeedOneConnection() {
    Upstream upstream =
        world.upstream(
            call -> {
              if (call.path().endsWith("0")) {
                call.set("Content-Length", "23");
              }
              call.json("{\"name\":\"Ada\",\"age\":36}");
            });
    ClientSession session = world.session(s -> s.pool(p -> p.withMaxConnections(1)));
    Directory directory = world.directory(upstream, session);

    for (int i = 0; i < 200; i++) {
      directory.user("ada" + i);
    }

    World.awaitNothingInFlight(session);
    assertThat(session.statistics().succeeded()).isEqualTo(200);
    assertThat(upstream.connections()).isEqualTo(1);
  }

  @Test
  void aPostWritesAndReadsJson() {
    Upstream upstream =
        world.upstream(
            call -> {
              assertThat(call.header("Content-Type")).startsWith("application/json");
              assertThat(call.header("Content-Length")).isNotEmpty();
              call.json(call.text().replace("36", "37"));
            });

    User added = world.directory(upstream, world.session(s -> s)).add(new User("Ada", 36));

    assertThat(added).hasToString("Ada, 37");
  }

  @Test
  void parametersAndHeadersAreTheInterfaces() {
    Upstream upstream =
        world.upstream(
            call -> {
              call.set("Content-Type", "application/json");
              call.write(
                  (call.header("X-Client") + " " + call.header("X-Trace"))
                      .getBytes(StandardCharsets.UTF_8));
            });

    String found =
        world
            .directory(upstream, world.session(s -> s))
            .search("ada l?ö", List.of("name", "a&b"), "42");

    assertThat(found).isEqualTo("directory 42");
    assertThat(upstream.seen().get(0)).startsWith("GET /users/ada%20l%3F%C3%B6?field=name&field=a");
  }

  @Test
  void theSessionsHeadersAreSentToItsOrigin() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Upstream.Behaviour remember =
        call -> {
          seen.add(call.header("X-Api-Key") + "|" + call.header("User-Agent"));
          call.json("{}");
        };
    Upstream own = world.upstream(remember);
    Upstream other = world.upstream(remember);
    ClientSession session =
        world.session(s -> s.baseUrl(own.uri()).header("X-Api-Key", "k").userAgent("shop/1"));

    world.directory(own, session).search("ada", List.of(), "1");
    world.directory(other, session).search("ada", List.of(), "1");

    assertThat(seen).first().isEqualTo("k|shop/1");
    assertThat(seen.get(1)).startsWith("|");
  }

  @Test
  void aMapperMakesAnExceptionOfA404() {
    Upstream upstream =
        world.upstream(
            call ->
                call.status(404)
                    .set("Content-Type", "text/plain")
                    .write("no ada".getBytes(StandardCharsets.UTF_8)));

    assertThatThrownBy(() -> world.directory(upstream, world.session(s -> s)).user("ada"))
        .isInstanceOf(UnknownUserException.class)
        .hasMessage("no ada");
  }

  @Test
  void anyOtherErrorIsTheImplementations() {
    Upstream upstream = world.upstream(call -> call.status(503).json("{}"));

    assertThatThrownBy(() -> world.directory(upstream, world.session(s -> s)).user("ada"))
        .isInstanceOfSatisfying(
            WebApplicationException.class,
            e -> assertThat(e.getResponse().getStatus()).isEqualTo(503));
  }

  @Test
  void aResponseHasStatusAndHeaders() {
    Upstream upstream =
        world.upstream(call -> call.status(202).set("X-A", "1").set("X-A", "2").json("{}"));

    try (Response response = world.directory(upstream, world.session(s -> s)).response("ada")) {
      assertThat(response.getStatus()).isEqualTo(202);
      assertThat(response.getStringHeaders().get("X-A")).containsExactly("1", "2");
      assertThat(response.readEntity(String.class)).isEqualTo("{}");
    }
  }

  @Test
  void whatAVoidMethodDoesNotReadHoldsNoConnection() {
    assumeThat(Implementation.expected())
        .as("Jersey reads it, and finds no reader for void")
        .isNotEqualTo(Implementation.JERSEY);
    String large = "[" + "\"a user\",".repeat(100_000) + "0]";
    Upstream upstream =
        world.upstream(
            call -> {
              call.text();
              call.json(large);
            });
    ClientSession session = world.session(s -> s.pool(p -> p.withMaxConnections(1)));
    Directory directory = world.directory(upstream, session);

    for (int i = 0; i < 3; i++) {
      directory.change("ada", new User("Ada", 36));
    }

    World.awaitNothingInFlight(session);
  }

  @Test
  void aHeadAndANoContentHaveNoEntity() {
    Upstream upstream =
        world.upstream(call -> call.status(call.method().equals("HEAD") ? 200 : 204));
    Directory directory = world.directory(upstream, world.session(s -> s));

    try (Response head = directory.head("ada")) {
      assertThat(head.getStatus()).isEqualTo(200);
    }
    directory.change("ada", new User("Ada", 36));

    assertThat(upstream.seen()).containsExactly("HEAD /users/ada", "PUT /users/ada");
  }

  @Test
  void aCompressedResponseIsReadOnce() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(zipped)) {
      zip.write("{\"name\":\"Ada\",\"age\":36}".getBytes(StandardCharsets.UTF_8));
    }
    Upstream upstream =
        world.upstream(
            call -> {
              call.set("Content-Type", "application/json").set("Content-Encoding", "gzip");
              call.write(zipped.toByteArray());
            });

    assertThat(world.directory(upstream, world.session(s -> s)).user("ada")).hasToString("Ada, 36");
  }

  @Test
  void cookiesAreThoseOfTheSessionsJar() throws Exception {
    List<String> cookies = new CopyOnWriteArrayList<>();
    Upstream upstream =
        world.upstream(
            call -> {
              cookies.add(call.header("Cookie"));
              call.set("Set-Cookie", "login=ada").json("{}");
            });
    Directory directory =
        world.directory(upstream, world.session(s -> s.cookieJar(c -> c.withAcceptIpHosts(true))));

    directory.user("ada");
    directory.user("ada");

    assertThat(cookies).containsExactly("", "login=ada");
  }

  @Test
  void aRedirectIsFollowedAsTheSessionSays() throws Exception {
    Upstream upstream =
        world.upstream(
            call -> {
              if (call.path().equals("/users/old")) {
                call.status(307).set("Location", "/users/new");
              } else {
                call.json("{\"name\":\"New\",\"age\":1}");
              }
            });

    assertThat(world.directory(upstream, world.session(s -> s)).user("old")).hasToString("New, 1");
  }

  @Test
  void aSmallEntityIsSentAgainToWhereARedirectLeads() {
    Upstream upstream =
        world.upstream(
            call -> {
              if (call.path().equals("/users")) {
                call.text();
                call.status(307).set("Location", "/people");
              } else {
                call.json(call.text());
              }
            });

    assertThat(world.directory(upstream, world.session(s -> s)).add(new User("Ada", 36)))
        .hasToString("Ada, 36");
    assertThat(upstream.seen()).containsExactly("POST /users", "POST /people");
  }
}
