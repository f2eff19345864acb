package org.sessionregistry.servers.compression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.HttpStatusException;
import org.sessionregistry.HttpVersion;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseClosedException;
import org.sessionregistry.ResponseTooLargeException;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.DataSize;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** Bodies that servers compress, and that libraries have compressed. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("servers")
class CompressionTest {
  private static final String ALL = "gzip, deflate, br, zstd";

  @Parameter(0)
  Compressor compressor;

  @Parameter(1)
  HttpVersion version;

  private final SessionRegistry registry = SessionRegistry.builder().build();
  private CompressingServer server;
  private ClientSession session;

  static Stream<Arguments> servers() {
    return Stream.of(Compressor.values())
        .flatMap(
            compressor ->
                Stream.of(HttpVersion.HTTP_1_1, HttpVersion.HTTP_2)
                    .map(version -> Arguments.of(compressor, version)));
  }

  @BeforeEach
  void start() throws Exception {
    server = compressor.start();
    session = session("plain", s -> s);
  }

  @AfterEach
  void stop() throws Exception {
    registry.close();
    server.close();
  }

  private ClientSession session(String name, UnaryOperator<SessionSettingsBuilder> change) {
    HttpVersionPreference preference =
        version == HttpVersion.HTTP_2
            ? HttpVersionPreference.HTTP_2
            : HttpVersionPreference.HTTP_1_1;
    return registry.open(
        change
            .apply(SessionSettings.builder(name).baseUrl(server.origin()).httpVersion(preference))
            .build());
  }

  // ---- what a server compresses ---------------------------------------------------------------

  @Test
  void whatTheServerCompressesIsReadAsItWas() throws Exception {
    try (Response response = session.get("/text").send()) {
      assertThat(response.version()).isEqualTo(version);
      assertThat(response.headers().first("seen-accept-encoding")).hasValue(ALL);
      assertThat(response.headers().all("Content-Encoding")).containsExactly(compressor.coding);
      assertThat(response.contentLength()).isEmpty();
      assertThat(response.text()).isEqualTo(Page.TEXT);
    }
  }

  @Test
  void itIsReadInEveryWay(@TempDir Path directory) throws Exception {
    assertThat(session.get("/text").send().bytes()).isEqualTo(Page.TEXT.getBytes(UTF_8));
    assertThat(
            session
                .get("/text")
                .sendAsync()
                .thenCompose(Response::textAsync)
                .get(20, TimeUnit.SECONDS))
        .isEqualTo(Page.TEXT);
    try (Response response = session.get("/text").send();
        Stream<String> lines = response.lines()) {
      assertThat(lines).hasSize(5000).containsOnly(Page.TEXT.lines().findFirst().orElseThrow());
    }
    try (Response response = session.get("/text").send()) {
      assertThat(response.saveTo(directory.resolve("text"))).hasContent(Page.TEXT);
    }
  }

  @Test
  void aDownloadIsNotCompressedBecauseItMayHaveToGoOn(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("text");
    try (Response response = session.get("/text").download(file)) {
      assertThat(response.headers().first("seen-accept-encoding")).hasValue("identity");
    }
    assertThat(file).hasContent(Page.TEXT);
  }

  @Test
  void theErrorPageIsShownInPlainText() throws Exception {
    Response response = session.get("/missing").send();
    assertThat(response.headers().all("Content-Encoding")).containsExactly("gzip");
    assertThatExceptionOfType(HttpStatusException.class)
        .isThrownBy(response::raiseForStatus)
        .withMessageContaining("there is no such page");
  }

  @Test
  void aRedirectWithACompressedBodyIsFollowed() throws Exception {
    try (Response response = session.get("/moved").send()) {
      assertThat(response.history()).hasSize(1);
      assertThat(response.text()).isEqualTo(Page.TEXT);
    }
  }

  @Test
  void headTellsOfTheCodingAndHasNoBody() throws Exception {
    assertThat(session.request("HEAD", "/coded/gzip").send().bytes()).isEmpty();
  }

  @Test
  void aRequestThatSaysWhatItAcceptsGetsThat() throws Exception {
    Response plain = session.get("/text").header("Accept-Encoding", "identity").send();
    assertThat(plain.headers().first("seen-accept-encoding")).hasValue("identity");
    assertThat(plain.headers().all("Content-Encoding")).isSubsetOf("identity"); // Undertow says it
    assertThat(plain.text()).isEqualTo(Page.TEXT);

    Response coded = session.get("/coded/zstd").header("Accept-Encoding", "zstd").send();
    assertThat(coded.bytes()).isEqualTo(Page.encode("zstd", Page.TEXT.getBytes(UTF_8)));
  }

  @Test
  void aSessionThatDoesNotDecompressDoesNotAskForIt() throws Exception {
    Response response = session("raw", s -> s.decompress(false)).get("/text").send();
    assertThat(response.headers().first("seen-accept-encoding")).hasValue("");
    assertThat(response.headers().contains("Content-Encoding")).isFalse();
    assertThat(response.text()).isEqualTo(Page.TEXT);
  }

  @Test
  void manyAtOnceAreReadOnTheirConnections() throws Exception {
    var texts =
        Stream.generate(() -> session.get("/text").sendAsync().thenCompose(Response::textAsync))
            .limit(20)
            .toList();
    for (var text : texts) {
      assertThat(text.get(20, TimeUnit.SECONDS)).isEqualTo(Page.TEXT);
    }
  }

  // ---- what libraries compress ----------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "gzip+br", "deflate+zstd+gzip"})
  void everyCodingIsTakenOff(String codings) throws Exception {
    try (Response response = session.get("/coded/" + codings).send()) {
      assertThat(response.headers().first("Content-Encoding")).hasValue(codings.replace("+", ", "));
      assertThat(response.text()).isEqualTo(Page.TEXT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"exi", "gzip+exi", "gzip+gzip+gzip+gzip"})
  void whatCannotBeTakenOffStays(String codings) throws Exception {
    byte[] sent = Page.at("/coded/" + codings).body();
    try (Response response = session.get("/coded/" + codings).send()) {
      assertThat(response.bytes()).isEqualTo(sent);
      assertThat(response.headers().first("Content-Encoding")).hasValue(codings.replace("+", ", "));
    }
  }

  @Test
  void aPartOfAnEncodedBodyIsGivenAsItIs() throws Exception { // RFC 9110 section 14.1.1
    try (Response response = session.get("/part").header("Range", "bytes=0-9").send()) {
      assertThat(response.status()).isEqualTo(206);
      assertThat(response.bytes()).startsWith(0x1F, 0x8B).hasSize(10);
    }
  }

  // ---- bombs ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void aBombIsReadAsFarAsSomebodyReads(String coding) throws Exception {
    Response response = session.get("/bomb/" + coding).send();
    try (InputStream stream = response.inputStream()) {
      assertThat(stream.readNBytes(1 << 20)).hasSize(1 << 20);
      response.close();
      assertThatExceptionOfType(ResponseClosedException.class).isThrownBy(stream::readAllBytes);
    }
    assertThat(session.get("/text").send().text()).isEqualTo(Page.TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "zstd"})
  void aBombIsNotLoaded(String coding) throws Exception {
    ClientSession careful =
        session("careful", s -> s.limits(l -> l.withBufferedBody(DataSize.ofMebibytes(1))));
    Response response = careful.get("/bomb/" + coding).send();
    assertThatExceptionOfType(ResponseTooLargeException.class)
        .isThrownBy(response::bytes)
        .withMessageContaining("limits.buffered-body");
    assertThat(careful.get("/text").send().text()).isEqualTo(Page.TEXT);
  }

  @Test
  void aBombCanBeReadToItsEnd() throws Exception {
    for (String coding : List.of("gzip", "br", "zstd")) {
      try (Response response = session.get("/bomb/" + coding).send();
          InputStream stream = response.inputStream()) {
        long read = 0;
        byte[] buffer = new byte[64 * 1024];
        for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
          read += n;
        }
        assertThat(read).isEqualTo(Page.BOMB);
      }
    }
  }
}
