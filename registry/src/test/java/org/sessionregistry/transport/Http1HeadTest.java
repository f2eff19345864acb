package org.sessionregistry.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.HeaderBlock;
import org.sessionregistry.connector.OutgoingRequest;

class Http1HeadTest {
  @Test
  void aRequestIsItsLineItsFieldsAnEmptyLineAndItsBody() {
    HeaderBlock fields = HeaderBlock.of(new String[] {"Host", "a", "Content-Length", "2"});
    assertThat(encoded("POST", "/p?q", fields, "ok"))
        .isEqualTo("POST /p?q HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok");
  }

  /** RFC 9110 section 5.5. */
  @Test
  void aValueMayHaveCharactersBeyondAscii() {
    String[] fields = {"X-Town", "Zürich"};
    String request = "GET / HTTP/1.1\r\nX-Town: Zürich\r\n\r\n";
    assertThat(encoded("GET", "/", HeaderBlock.of(fields), "")).isEqualTo(request);
    assertThat(encoded("GET", "/", HeaderBlock.shared(fields), "")).isEqualTo(request);
  }

  @Property(tries = 200)
  void itIsWhatTheEncoderOfNettyWrites(
      @ForAll("tokens") String method,
      @ForAll("targets") String target,
      @ForAll("fields") List<String> fields,
      @ForAll boolean shared,
      @ForAll("values") String body) {
    String[] all = fields.toArray(String[]::new);
    HeaderBlock block = shared ? HeaderBlock.shared(all) : HeaderBlock.of(all);
    String expected = byNetty(method, target, all, body);
    assertThat(encoded(method, target, block, body)).isEqualTo(expected);
    assertThat(encoded(method, target, block, body)).as("again").isEqualTo(expected);
  }

  private static String encoded(String method, String target, HeaderBlock fields, String body) {
    OutgoingRequest request = new OutgoingRequest(method, target, fields, null, null, 0, 0, null);
    ByteBuf bytes = Unpooled.copiedBuffer(body, ISO_8859_1);
    ByteBuf out = Http1Head.encode(UnpooledByteBufAllocator.DEFAULT, request, bytes);
    try {
      assertThat(out.writableBytes()).as("made as long as needed").isZero();
      return out.toString(ISO_8859_1);
    } finally {
      out.release();
      bytes.release();
    }
  }

  private static String byNetty(String method, String target, String[] fields, String body) {
    EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestEncoder());
    DefaultFullHttpRequest request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(method),
            target,
            Unpooled.copiedBuffer(body, ISO_8859_1));
    for (int i = 0; i < fields.length; i += 2) {
      request.headers().add(fields[i], fields[i + 1]);
    }
    channel.writeOutbound(request);
    StringBuilder written = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      written.append(part.toString(ISO_8859_1));
      part.release();
    }
    channel.finishAndReleaseAll();
    return written.toString();
  }

  @Provide
  static Arbitrary<String> tokens() {
    return Arbitraries.strings().withCharRange('A', 'Z').ofMinLength(1).ofMaxLength(9);
  }

  @Provide
  static Arbitrary<String> targets() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withChars("/?=%&0")
        .ofMaxLength(40)
        .map(rest -> "/" + rest);
  }

  @Provide
  static Arbitrary<String> values() {
    return Arbitraries.strings()
        .withCharRange('!', '~')
        .withCharRange('\u00a1', '\u00ff')
        .ofMaxLength(60);
  }

  @Provide
  static Arbitrary<List<String>> fields() {
    // Names that no encoder knows, so that Netty has nothing to say about them.
    Arbitrary<List<String>> field =
        tokens().flatMap(name -> values().map(value -> List.of("x-" + name, value)));
    return field.list().ofMaxSize(8).map(fields -> fields.stream().flatMap(List::stream).toList());
  }
}
