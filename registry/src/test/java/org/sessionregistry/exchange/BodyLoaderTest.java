package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.sessionregistry.exchange.World.failure;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.sessionregistry.Response;
import org.sessionregistry.ResponseClosedException;
import org.sessionregistry.ResponseTooLargeException;
import org.sessionregistry.settings.DataSize;

/** {@code bytes()} and {@code text()}. */
class BodyLoaderTest {
  private final World world = World.simple();

  @Test
  void theWholeBodyIsLoaded() throws Exception {
    Response response = world.respondedHead();
    world.connection().data("one,").data("two,").data("three").end();
    assertThat(response.text()).isEqualTo("one,two,three");
  }

  @Test
  void partsOfEverySizeStayInOrder() throws Exception {
    Response response = world.respondedHead();
    CompletableFuture<String> loaded = response.textAsync();
    StringBuilder sent = new StringBuilder();
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      String part = Integer.toString(i).repeat(random.nextInt(20) == 0 ? 700 : 1);
      world.connection().data(part);
      sent.append(part);
    }
    world.connection().end();
    assertThat(loaded).isCompletedWithValue(sent.toString());
  }

  @Test
  void anEmptyBodyIsEmpty() throws Exception {
    Response response = world.respondedHead();
    world.connection().end();
    assertThat(response.bytes()).isEmpty();
    assertThat(response.text()).isEmpty();
  }

  @Test
  void aBodyMayBeAskedForBeforeWhileAndAfterItComes() {
    Response response = world.respondedHead();
    CompletableFuture<String> before = response.textAsync();
    world.connection().data("a");
    CompletableFuture<String> meanwhile = response.textAsync();
    world.connection().data("b").end();
    CompletableFuture<String> after = response.textAsync();
    assertThat(before).isCompletedWithValue("ab");
    assertThat(meanwhile).isCompletedWithValue("ab");
    assertThat(after).isCompletedWithValue("ab");
  }

  @Test
  void aBodyMayBeLoadedAgainAfterTheResponseWasClosed() throws Exception {
    Response response = world.respondedHead();
    world.connection().data("x").end();
    response.bytes();
    response.close();
    assertThat(response.text()).isEqualTo("x");
  }

  @Test
  void theCharsetOfTheResponseDecodesTheText() throws Exception {
    Response response = world.respondedHead("Content-Type", "text/plain; charset=iso-8859-1");
    world.connection().data("grün".getBytes(ISO_8859_1));
    world.connection().end();
    assertThat(response.text()).isEqualTo("grün");
  }

  @Test
  void partsOfACharacterAreJoined() throws Exception {
    Response response = world.respondedHead();
    byte[] euro = "€".getBytes(UTF_8);
    for (byte part : euro) {
      world.connection().data(new byte[] {part});
    }
    world.connection().end();
    assertThat(response.text()).isEqualTo("€");
  }

  @Test
  void cancellingOneLoadDoesNotDisturbAnother() {
    Response response = world.respondedHead();
    CompletableFuture<byte[]> first = response.bytesAsync();
    CompletableFuture<byte[]> second = response.bytesAsync();
    first.cancel(true);
    world.connection().data("x").end();
    assertThat(second).isCompletedWithValueMatching(bytes -> bytes.length == 1);
  }

  @Test
  void aBodyOfTheLimitIsLoaded() {
    World limited = World.with(s -> s.limits(l -> l.withBufferedBody(new DataSize(10))));
    CompletableFuture<byte[]> bytes = limited.respondedHead().bytesAsync();
    limited.connection().data("12345").data("67890").end();
    assertThat(bytes).isCompletedWithValueMatching(all -> all.length == 10);
  }

  @Test
  void aBodyAboveTheLimitIsNotLoadedToItsEnd() {
    World limited = World.with(s -> s.limits(l -> l.withBufferedBody(new DataSize(10))));
    CompletableFuture<byte[]> bytes = limited.respondedHead().bytesAsync();
    limited.connection().data("12345").data("678901");
    assertThat(failure(bytes, ResponseTooLargeException.class))
        .hasMessageContaining("client-session.s.limits.buffered-body=10")
        .hasMessageContaining("inputStream()");
    assertThat(limited.connection().closed).isTrue();
    assertThat(limited.statistics().failed()).isEqualTo(1);
    limited.assertNothingIsLeft();
  }

  @Test
  void aBodyThatWasStreamedCannotBeLoaded() {
    Response response = world.respondedHead();
    response.body();
    assertThatIllegalStateException()
        .isThrownBy(response::bytesAsync)
        .withMessageContaining("inputStream()");
  }

  @Test
  void aBodyThatIsLoadedCannotBeStreamed() {
    Response response = world.respondedHead();
    response.bytesAsync();
    assertThatIllegalStateException()
        .isThrownBy(response::inputStream)
        .withMessageContaining("bytes()");
  }

  @Test
  void aBodyOfAClosedResponseCannotBeLoaded() {
    Response response = world.respondedHead();
    world.connection().data("x");
    response.close();
    failure(response.bytesAsync(), ResponseClosedException.class);
  }

  @Test
  void closingTheResponseEndsTheLoad() {
    Response response = world.respondedHead();
    CompletableFuture<byte[]> bytes = response.bytesAsync();
    response.close();
    failure(bytes, ResponseClosedException.class);
  }

  @Test
  void anInterruptedLoadClosesTheResponse() {
    Response response = world.respondedHead();
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(response::text);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(world.connection().discards).isEqualTo(1);
  }

  @Test
  void howeverABodyIsCutIntoPartsItIsTheSame() {
    Random random = new Random(20260105);
    for (int round = 0; round < 300; round++) {
      World here = World.simple();
      byte[] sent = new byte[random.nextInt(300_000)];
      random.nextBytes(sent);
      Response response = here.respondedHead();
      CompletableFuture<byte[]> early = random.nextBoolean() ? response.bytesAsync() : null;
      for (int at = 0; at < sent.length; ) {
        int end = Math.min(sent.length, at + 1 + random.nextInt(70_000));
        here.connection().data(Arrays.copyOfRange(sent, at, end));
        at = end;
      }
      here.connection().end();
      CompletableFuture<byte[]> bytes = early == null ? response.bytesAsync() : early;
      assertThat(bytes.join()).isEqualTo(sent);
    }
  }
}
