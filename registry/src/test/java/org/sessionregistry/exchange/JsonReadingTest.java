package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sessionregistry.FailureKind;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseBodyException;
import org.sessionregistry.TypeRef;

class JsonReadingTest {
  private final World world = World.simple();

  private Response response(byte[] body, String contentType) {
    Response response = world.respondedHead("Content-Type", contentType);
    world.connection().data(body);
    world.connection().end();
    return response;
  }

  private Response response(String body) {
    return response(body.getBytes(UTF_8), "application/json");
  }

  @Test
  void aBodyIsReadAsAClassOrAsAGenericType() throws Exception {
    Response response = response("[1,2]");
    assertThat(response.json(int[].class)).containsExactly(1, 2);
    assertThat(response.json(new TypeRef<List<Long>>() {})).containsExactly(1L, 2L);
    assertThat(response.jsonAsync(new TypeRef<List<String>>() {}).join()).hasSize(2);
    assertThat(response.jsonAsync(List.class).join()).hasSize(2);
  }

  @Test
  void aByteOrderMarkIsIgnored() throws Exception {
    // RFC 8259 section 8.1
    assertThat(response("\uFEFF{\"a\":\"ü\"}").json(Map.class)).isEqualTo(Map.of("a", "ü"));
    byte[] wide = "\uFEFF{\"a\":\"ü\"}".getBytes(UTF_16BE);
    assertThat(response(wide, "application/json").json(Map.class)).isEqualTo(Map.of("a", "ü"));
  }

  @Test
  void aCharsetThatTheServerNamesIsBelieved() throws Exception {
    byte[] latin = "{\"a\":\"ü\"}".getBytes(ISO_8859_1);
    assertThat(response(latin, "application/json; charset=iso-8859-1").json(Map.class))
        .isEqualTo(Map.of("a", "ü"));
  }

  @Test
  void aBodyThatIsNotTheTypeSaysWhatItIs() {
    String page = "<html>\r\n" + "x".repeat(300);
    Response response = response(page.getBytes(UTF_8), "text/html");
    assertThatExceptionOfType(ResponseBodyException.class)
        .isThrownBy(() -> response.json(new TypeRef<List<String>>() {}))
        .withMessageContaining("session 's': GET http://a/x")
        .withMessageContaining("java.util.List<java.lang.String>")
        .withMessageContaining("(text/html)")
        .withMessageEndingWith("it begins: <html> " + "x".repeat(192) + "…")
        .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.RESPONSE_BODY));
    assertThat(world.statistics().failed()).isZero();
  }

  @Test
  void nothingAndNullAreNoValues() {
    assertThatExceptionOfType(ResponseBodyException.class)
        .isThrownBy(() -> response("").json(Map.class))
        .withMessageEndingWith("it is empty");
    assertThatExceptionOfType(ResponseBodyException.class)
        .isThrownBy(() -> response("null").json(Map.class))
        .withMessageContaining("it is null");
  }

  @Test
  void theAsynchronousFormFailsInTheSameWay() {
    World.failure(response("{").jsonAsync(Map.class), ResponseBodyException.class);
  }
}
