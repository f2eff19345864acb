package org.sessionregistry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonBodyTest {
  /** A value that JSON-B writes by its getters. */
  public static final class User {
    public String getName() {
      return "Ada \uD83D\uDE00";
    }

    public List<String> getTags() {
      return List.of("a", "b");
    }
  }

  /** A value that cannot be written. */
  public static final class Broken {
    public String getName() {
      throw new UnsupportedOperationException("no name");
    }
  }

  private static Request request(RequestBody body) {
    return new RequestBuilder(new UnsentSession(), "POST", "/").body(body).build();
  }

  @Test
  void aValueIsWrittenWhenTheRequestGetsIt() {
    RequestBody body = request(RequestBody.ofJson(new User())).body();
    assertThat(new String(body.inMemory().orElseThrow(), UTF_8))
        .isEqualTo("{\"name\":\"Ada 😀\",\"tags\":[\"a\",\"b\"]}");
    assertThat(body.contentType()).contains("application/json");
    assertThat(body.replayable()).isTrue();
  }

  @Test
  void aValueMayBePartOfAMultipartBody() {
    RequestBody body =
        request(MultipartBody.form().part("meta", RequestBody.ofJson(Map.of("a", 1))).build())
            .body();
    assertThat(body.contentLength()).isPresent();
    Collector collector = new Collector();
    body.open(Runnable::run).subscribe(collector);
    collector.subscription.request(Long.MAX_VALUE);
    assertThat(new String(collector.bytes(), UTF_8))
        .contains("name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n");
  }

  @Test
  void aValueThatCannotBeWrittenIsRefusedByItsType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> request(RequestBody.ofJson(new Broken())))
        .withMessageContaining("$Broken");
  }

  @Test
  void withoutASessionThereAreNoBytes() {
    RequestBody body = RequestBody.ofJson("x");
    assertThatIllegalStateException()
        .isThrownBy(() -> body.open(Runnable::run))
        .withMessageContaining("RequestBuilder.body");
  }

  @Test
  void theTextFormHidesTheValue() {
    assertThat(RequestBody.ofJson("s3cr3t").toString()).doesNotContain("s3cr3t");
  }

  @Test
  void withoutJsonBindingTheMessageSaysWhatToAdd() throws Exception {
    URL classes = JsonCodec.class.getProtectionDomain().getCodeSource().getLocation();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader alone =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(alone);
      Class<?> type = alone.loadClass(JsonCodec.class.getName());
      Object codec = type.getMethod("ofJsonBinding").invoke(null);
      InvocationTargetException failure =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              InvocationTargetException.class,
              () -> type.getMethod("write", Object.class).invoke(codec, "x"));
      assertThat(failure.getCause())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("jakarta.json.bind:jakarta.json.bind-api")
          .hasMessageContaining("org.eclipse:yasson");
    } finally {
      Thread.currentThread().setContextClassLoader(context);
    }
  }

  @Test
  void theCallersClassLoaderIsPutBack() {
    ClassLoader own = new URLClassLoader(new URL[0], null);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(own);
    try {
      JsonCodec.ofJsonBinding().write("x");
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(own);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  @Test
  void aTypeRefKnowsItsType() {
    assertThat(new TypeRef<List<String>>() {}).hasToString("java.util.List<java.lang.String>");
  }

  @Test
  @SuppressWarnings("rawtypes")
  void aTypeRefWithoutATypeIsRefused() {
    assertThatIllegalStateException().isThrownBy(() -> new TypeRef() {});
  }
}
