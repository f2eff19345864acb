package org.sessionregistry.servers.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseTooLargeException;
import org.sessionregistry.settings.DataSize;

/** The body loaded whole, as bytes and as text. */
class BodyLoadingTest {
  @RegisterExtension final World world = new World();

  @ParameterizedTest
  @EnumSource(PeerKind.class)
  void bytesAndTextCanBeAskedForAnyNumberOfTimes(PeerKind kind) throws Exception {
    Peer peer = world.peer(kind, call -> call.reply("Grüße"));
    Response response = world.session(peer).get("/").send();

    assertThat(response.text()).isEqualTo("Grüße");
    assertThat(response.bytes()).isEqualTo("Grüße".getBytes(UTF_8));
    assertThat(response.bytes()).isEqualTo(response.bytes());
    assertThat(Wait.on(response.textAsync())).isEqualTo("Grüße");
    assertThat(Wait.on(response.bytesAsync())).isEqualTo(response.bytes());
    response.close();
    assertThat(response.text()).isEqualTo("Grüße");
  }

  @ParameterizedTest
  @EnumSource(PeerKind.class)
  void aChunkedBodyIsPutTogether(PeerKind kind) throws Exception {
    Peer peer =
        world.peer(
            kind,
            call -> {
              try (OutputStream out = call.output()) {
                for (int i = 0; i < 1000; i++) {
                  out.write((i + "\n").getBytes(UTF_8));
                  out.flush();
                }
              }
            });
    Response response = world.session(peer).get("/").send();

    assertThat(response.contentLength()).isEmpty();
    assertThat(response.text().lines()).hasSize(1000).last().isEqualTo("999");
  }

  @Test
  void aBodyThatWasLoadedCannotBeStreamed() throws Exception {
    Response response = response("text/plain", "x".getBytes(UTF_8));
    response.bytes();

    assertThatThrownBy(response::body).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(response::inputStream).isInstanceOf(IllegalStateException.class);
    assertThat(response.text()).isEqualTo("x");
  }

  @Test
  void aBodyThatWasTakenAsAStreamCannotBeTakenAgain() throws Exception {
    Response response = response("text/plain", "x".getBytes(UTF_8));
    assertThat(response.inputStream()).hasContent("x");

    for (var again : ways(response)) {
      assertThatThrownBy(again::call).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aBodyThatWasTakenAsAPublisherCannotBeTakenAgain() throws Exception {
    Response response = response("text/plain", "x".getBytes(UTF_8));
    RecordingSubscriber subscriber = new RecordingSubscriber();
    response.body().subscribe(subscriber);

    for (var again : ways(response)) {
      assertThatThrownBy(again::call).isInstanceOf(IllegalStateException.class);
    }
    subscriber.request(Long.MAX_VALUE);
    subscriber.assertCompleted();
  }

  private static List<Callable<?>> ways(Response response) {
    return List.of(
        response::bytes,
        response::text,
        response::bytesAsync,
        response::textAsync,
        response::body,
        response::inputStream);
  }

  static Stream<Arguments> charsets() {
    return Stream.of(
        arguments("text/plain", UTF_8),
        arguments("application/octet-stream", UTF_8),
        arguments("text/plain; charset=iso-8859-1", ISO_8859_1),
        arguments("text/plain;charset=ISO-8859-1", ISO_8859_1),
        arguments("text/plain; Charset=\"iso-8859-1\"", ISO_8859_1),
        arguments("text/plain; format=flowed; charset=utf-16be; x=y", UTF_16BE),
        arguments("text/plain; charset=windows-1252", Charset.forName("windows-1252")),
        arguments("text/plain; charset=no-such-charset", UTF_8),
        arguments("text/plain; charset=", UTF_8),
        arguments("text/plain; charset=\"", UTF_8),
        arguments("text/plain; charset=???", UTF_8));
  }

  @ParameterizedTest
  @MethodSource("charsets")
  void theCharsetParameterSaysHowTextIsDecoded(String type, Charset charset) throws Exception {
    Response response = response(type, "Grüße".getBytes(charset));

    assertThat(response.charset()).isEqualTo(charset);
    assertThat(response.text()).isEqualTo("Grüße");
  }

  static Stream<Arguments> marks() {
    return Stream.of(
        arguments("text/plain; charset=iso-8859-1", UTF_8),
        arguments("text/plain; charset=utf-8", UTF_16BE),
        arguments("text/plain", UTF_16LE),
        arguments("text/plain; charset=utf-16", UTF_16BE));
  }

  @ParameterizedTest
  @MethodSource("marks")
  void aByteOrderMarkWinsAndIsDropped(String type, Charset charset) throws Exception {
    Response response = response(type, "\uFEFFGrüße".getBytes(charset));

    assertThat(response.text()).isEqualTo("Grüße");
  }

  @Test
  void aBodyAboveTheLimitIsRefusedAndItsConnectionClosed() throws Exception {
    Peer peer = world.peer(PeerKind.JETTY, call -> call.reply(new byte[20 << 20]));
    ClientSession session =
        world.session(peer, s -> s.limits(l -> l.withBufferedBody(DataSize.ofKibibytes(100))));

    assertThatThrownBy(() -> session.get("/").send().bytes())
        .isInstanceOf(ResponseTooLargeException.class)
        .hasMessageContaining("client-session." + session.name() + ".limits.buffered-body=100KiB");
    World.assertQuiet(world.registryOf(session));
    assertThat(session.get("/").send().inputStream().readAllBytes()).hasSize(20 << 20);
    assertThat(session.statistics().failed()).isOne();
  }

  private Response response(String type, byte[] body) throws Exception {
    Peer peer = world.peer(PeerKind.JETTY, call -> call.header("Content-Type", type).reply(body));
    return world.session(peer).get("/").send();
  }
}
