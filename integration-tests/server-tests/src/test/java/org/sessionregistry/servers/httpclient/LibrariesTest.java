package org.sessionregistry.servers.httpclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.mizosoft.methanol.Methanol;
import com.github.mizosoft.methanol.MultipartBodyPublisher;
import com.github.mizosoft.methanol.MutableRequest;
import feign.Feign;
import feign.Headers;
import feign.Param;
import feign.Request;
import feign.RequestLine;
import feign.http2client.Http2Client;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.servers.httpclient.Upstream.Make;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** Libraries that accept a {@code java.net.http.HttpClient} run on a named session. */
class LibrariesTest {
  @RegisterExtension final ClientWorld world = new ClientWorld();

  /** With a header and, after this, a cookie, by which its requests are known. */
  private ClientSession session(String origin) throws Exception {
    ClientSession session =
        world.session(
            s ->
                s.baseUrl(origin)
                    .header("X-Api-Key", "k1")
                    .pool(p -> p.withMaxConnections(1))
                    .cookieJar(c -> c.withAcceptIpHosts(true)));
    session.get("/login").send().bytes();
    return session;
  }

  /** All that the library sent went through the session's pool, which has one connection. */
  private static void assertRanOn(ClientSession session, int requests) {
    assertThat(session.statistics().succeeded()).isEqualTo(1 + requests);
    assertThat(session.statistics().pool().peakInUse()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void springsRestClientRunsOnASession(Make make) throws Exception {
    String origin = world.upstream(make).origin();
    ClientSession session = session(origin);
    RestClient spring =
        RestClient.builder()
            .requestFactory(new JdkClientHttpRequestFactory(session.asHttpClient()))
            .baseUrl(origin)
            .build();

    ResponseEntity<String> response =
        spring
            .post()
            .uri("/echo")
            .contentType(MediaType.TEXT_PLAIN)
            .body("from Spring")
            .retrieve()
            .toEntity(String.class);
    String compressed = spring.get().uri("/gzip").retrieve().body(String.class);

    assertThat(response.getBody()).isEqualTo("from Spring");
    assertThat(response.getHeaders().getFirst("X-Saw-X-Api-Key")).isEqualTo("k1");
    assertThat(response.getHeaders().getFirst("X-Saw-Cookie")).isEqualTo("login=yes");
    assertThat(compressed).isEqualTo("text");
    assertRanOn(session, 2);
  }

  @Test
  void springSeesTheFailuresThatItKnows() {
    ClientSession session = world.session();
    RestClient spring =
        RestClient.builder()
            .requestFactory(new JdkClientHttpRequestFactory(session.asHttpClient()))
            .build();

    assertThatThrownBy(
            () -> spring.get().uri("http://nobody.invalid/").retrieve().toBodilessEntity())
        .isInstanceOf(ResourceAccessException.class)
        .hasCauseInstanceOf(java.net.ConnectException.class);
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void methanolRunsOnASession(Make make) throws Exception {
    String origin = world.upstream(make).origin();
    ClientSession session = session(origin);
    HttpClient backend = session.asHttpClient();
    Methanol methanol =
        Methanol.newBuilder(backend).baseUri(origin).defaultHeader("X-Own", "methanol").build();

    HttpResponse<String> echoed =
        methanol.send(
            MutableRequest.POST("/echo", BodyPublishers.ofString("from Methanol")),
            BodyHandlers.ofString());
    HttpResponse<String> multipart =
        methanol.send(
            MutableRequest.POST(
                "/echo", MultipartBodyPublisher.newBuilder().textPart("name", "value").build()),
            BodyHandlers.ofString());
    String decompressed =
        methanol.send(MutableRequest.GET("/gzip"), BodyHandlers.ofString()).body();

    assertThat(echoed.body()).isEqualTo("from Methanol");
    assertThat(echoed.headers().firstValue("X-Saw-X-Api-Key")).contains("k1");
    assertThat(echoed.headers().firstValue("X-Saw-X-Own")).contains("methanol");
    assertThat(echoed.headers().firstValue("X-Saw-Cookie")).contains("login=yes");
    assertThat(multipart.body()).contains("name=\"name\"", "value");
    assertThat(decompressed).isEqualTo("text");
    assertRanOn(session, 3);
  }

  /** Feign builds a client of its own for options that differ from those of the one it is given. */
  private static Request.Options sameAs(ClientSession session) {
    return new Request.Options(
        session.settings().timeout().connect().toMillis(),
        TimeUnit.MILLISECONDS,
        60,
        TimeUnit.SECONDS,
        session.settings().redirects().allowDowngrade());
  }

  /** An interface for Feign. */
  interface Echo {
    @RequestLine("POST /echo?q={q}")
    @Headers("Content-Type: text/plain")
    String echo(@Param("q") String q, String body);

    @RequestLine("GET /echo")
    feign.Response whole();

    @RequestLine("GET /gzip")
    String compressed();
  }

  @ParameterizedTest
  @EnumSource(Make.class)
  void feignRunsOnASession(Make make) throws Exception {
    String origin = world.upstream(make).origin();
    ClientSession session = session(origin);
    Echo echo =
        Feign.builder()
            .client(new Http2Client(session.asHttpClient()))
            .options(sameAs(session))
            .target(Echo.class, origin);

    assertThat(echo.echo("a b", "from Feign")).isEqualTo("from Feign");
    try (feign.Response response = echo.whole()) {
      assertThat(response.headers().get("X-Saw-X-Api-Key")).containsExactly("k1");
      assertThat(response.headers().get("X-Saw-Cookie")).containsExactly("login=yes");
    }
    assertThat(echo.compressed()).isEqualTo("text");
    assertRanOn(session, 3);
  }
}
