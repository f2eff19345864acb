package org.sessionregistry.servers.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.HttpVersion;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;
import org.sessionregistry.settings.HttpVersionPreference;

/** Whole exchanges with the server of nghttp2, which shares no code with us or with Jetty. */
class Http2OverNghttpdTest {
  private static final int LARGE = 8 << 20;

  @TempDir Path files;
  @TempDir Path secrets;

  @RegisterExtension final Http2World world = new Http2World();

  @BeforeEach
  void writeFiles() throws Exception {
    Files.writeString(files.resolve("small.txt"), "small");
    Files.write(files.resolve("large.bin"), new byte[LARGE]);
  }

  private ClientSession session(String... options) throws Exception {
    return world.session(world.closing(Nghttpd.start(files, List.of(options))).origin());
  }

  @Test
  void aRequestGoesAndItsResponseComes() throws Exception {
    Response response = session().get("/small.txt").send();
    assertThat(response.version()).isEqualTo(HttpVersion.HTTP_2);
    assertThat(response.headers().first("Server")).get().asString().startsWith("nghttpd");
    assertThat(response.text()).isEqualTo("small");
  }

  @Test
  void alpnFindsHttp2() throws Exception {
    ServerIdentity identity = new ServerIdentity();
    Path certificate = identity.certificatePem(secrets);
    Nghttpd server =
        world.closing(Nghttpd.start(files, List.of(), identity.keyPem(secrets), certificate));
    ClientSession session =
        world.session(
            server.origin(),
            s -> Http2World.trusting(certificate).apply(s.httpVersion(HttpVersionPreference.AUTO)));
    try (Response small = session.get("/small.txt").send()) {
      assertThat(small.version()).isEqualTo(HttpVersion.HTTP_2);
    }
    assertThat(session.get("/large.bin").send().bytes()).hasSize(LARGE);
  }

  @Test
  void paddedFramesAndTrailersAreUnderstood() throws Exception {
    ClientSession session = session("-b", "200", "--trailer", "checksum: 42");
    Response small = session.get("/small.txt").send();
    assertThat(small.text()).isEqualTo("small");
    assertThat(small.trailers().first("checksum")).contains("42");
    Response large = session.get("/large.bin").send();
    assertThat(large.bytes()).hasSize(LARGE);
    assertThat(large.trailers().first("checksum")).contains("42");
  }

  @Test
  void aPushIsNotAskedForAndDoesNotCome() throws Exception {
    ClientSession session = session("-p", "/small.txt=/large.bin");
    assertThat(session.get("/small.txt").send().text()).isEqualTo("small");
  }

  @Test
  void smallWindowsOfTheServerSlowUploadsDownAndNothingElse() throws Exception {
    ClientSession session = session("--echo-upload", "-w", "10", "-W", "16");
    byte[] body = new byte[1 << 20];
    body[body.length - 1] = 42;
    assertThat(session.post("/echo").body(RequestBody.ofBytes(body)).send().bytes())
        .isEqualTo(body);
  }

  @Test
  void moreRequestsThanTheServersLimitAreAllAnswered() throws Exception {
    ClientSession session = session("-m", "3");
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      all.add(session.get("/small.txt").sendAsync().thenCompose(Response::textAsync));
    }
    for (CompletableFuture<String> one : all) {
      assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo("small");
    }
  }

  @Test
  void headAndNotFoundAreAnswersToo() throws Exception {
    ClientSession session = session();
    assertThat(session.request("HEAD", "/large.bin").send().bytes()).isEmpty();
    try (Response missing = session.get("/missing").send()) {
      assertThat(missing.status()).isEqualTo(404);
    }
  }
}
