package org.sessionregistry.servers.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.HttpVersion;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseClosedException;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** Whole exchanges in HTTP/2 with Jetty, in cleartext with prior knowledge and over TLS by ALPN. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"http", "https"})
class Http2OverJettyTest {
  private static final int LARGE = 32 << 20;

  @Parameter String scheme;

  @TempDir static Path directory;

  @RegisterExtension final Http2World world = new Http2World();

  private JettyServer.Options options = JettyServer.Options.CLEARTEXT;
  private UnaryOperator<SessionSettingsBuilder> trust = s -> s;

  @BeforeEach
  void secure() throws Exception {
    if (scheme.equals("https")) {
      ServerIdentity identity = new ServerIdentity();
      options = options.with(identity);
      trust = Http2World.trusting(identity.certificatePem(directory));
    }
  }

  private ClientSession session(JettyServer server) {
    return world.session(server.origin(), trust);
  }

  @Test
  void aRequestGoesAndItsResponseComesInHttp2() throws Exception {
    ClientSession session = session(world.jetty(options));
    Response response = session.post("/echo").body(RequestBody.ofText("hello")).send();
    assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("Seen-Version")).hasValue("HTTP/2.0");
    assertThat(response.text()).isEqualTo("hello");
  }

  @Test
  void oneRequestAfterTheOtherUsesTheSameConnection() throws Exception {
    JettyServer server = world.jetty(options);
    ClientSession session = session(server);
    for (int i = 0; i < 50; i++) {
      assertThat(session.get("/bytes/1000").send().bytes()).hasSize(1000);
    }
    assertThat(server.accepted()).isEqualTo(1);
  }

  @Test
  void headHasNoBodyAndKeepsItsLength() throws Exception {
    ClientSession session = session(world.jetty(options));
    Response response = session.request("HEAD", "/bytes/1000").send();
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.bytes()).isEmpty();
  }

  @Test
  void aLargeBodyComesAsItIsRead() throws Exception {
    ClientSession session = session(world.jetty(options));
    Response response = session.get("/bytes/" + LARGE).send();
    long read = 0;
    try (InputStream in = response.inputStream()) {
      byte[] buffer = new byte[64 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        read += n;
      }
    }
    assertThat(read).isEqualTo(LARGE);
  }

  @Test
  void aLargeBodyInMemoryGoesThereAndBack() throws Exception {
    ClientSession session = session(world.jetty(options));
    byte[] large = new byte[LARGE];
    large[LARGE - 1] = 42;
    assertThat(session.post("/echo").body(RequestBody.ofBytes(large)).send().bytes())
        .isEqualTo(large);
  }

  @Test
  void aStreamedBodyOfUnknownLengthGoesThereAndBack() throws Exception {
    ClientSession session = session(world.jetty(options));
    Flow.Publisher<ByteBuffer> publisher =
        subscriber -> {
          SubmissionPublisher<ByteBuffer> parts = new SubmissionPublisher<>(Runnable::run, 1000);
          parts.subscribe(subscriber);
          List.of("one ", "two ", "three")
              .forEach(p -> parts.submit(ByteBuffer.wrap(p.getBytes())));
          parts.close();
        };
    Response response = session.post("/echo").body(RequestBody.ofPublisher(publisher)).send();
    assertThat(response.text()).isEqualTo("one two three");
  }

  @Test
  void anAnswerBeforeTheRequestIsReadEndsWell() throws Exception {
    JettyServer server = world.jetty(options);
    ClientSession session = session(server);
    Response early = session.post("/early").body(RequestBody.ofBytes(new byte[LARGE])).send();
    assertThat(early.status()).isEqualTo(413);
    assertThat(early.bytes()).isEmpty();
    assertThat(session.get("/bytes/10").send().bytes()).hasSize(10);
  }

  @Test
  void aBodyThatNobodyReadsToTheEndIsGivenUpAndNothingElse() throws Exception {
    JettyServer server = world.jetty(options);
    ClientSession session = session(server);
    Response response = session.get("/bytes/" + LARGE).send();
    response.close();
    assertThat(catchThrowable(response::bytes)).isInstanceOf(ResponseClosedException.class);
    assertThat(session.get("/bytes/10").send().bytes()).hasSize(10);
    Until.is("nothing in flight", () -> session.statistics().inFlight() == 0);
  }
}
