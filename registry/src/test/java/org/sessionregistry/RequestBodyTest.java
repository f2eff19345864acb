package org.sessionregistry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestBodyTest {
  @TempDir Path directory;

  @Test
  void noBodyHasNoBytesAndNoType() {
    assertThat(RequestBody.empty().contentType()).isEmpty();
    assertThat(RequestBody.empty().contentLength()).hasValue(0);
    assertThat(content(RequestBody.empty())).isEmpty();
  }

  @Test
  void bytesAreOctetsOfKnownLength() {
    RequestBody body = RequestBody.ofBytes(new byte[] {1, 2, 3});
    assertThat(body.contentType()).contains("application/octet-stream");
    assertThat(body.contentLength()).hasValue(3);
    assertThat(body.inMemory()).contains(new byte[] {1, 2, 3});
  }

  @Test
  void textIsPlainUtf8() {
    RequestBody body = RequestBody.ofText("grün");
    assertThat(body.contentType()).contains("text/plain; charset=utf-8");
    assertThat(body.contentLength()).hasValue(5);
    assertThat(new String(content(body), UTF_8)).isEqualTo("grün");
  }

  @Test
  void textOfAnotherCharsetSaysSo() {
    RequestBody body = RequestBody.ofText("grün", "text/csv", ISO_8859_1);
    assertThat(body.contentType()).contains("text/csv; charset=iso-8859-1");
    assertThat(body.contentLength()).hasValue(4);
  }

  @Test
  void whatIsInMemoryCanBeSentAgain() {
    RequestBody body = RequestBody.ofText("again");
    assertThat(body.replayable()).isTrue();
    assertThat(content(body)).isEqualTo(content(body));
  }

  @Test
  void aStreamIsOfUnknownLengthAndCanBeSentOnce() {
    RequestBody body = RequestBody.ofInputStream(new ByteArrayInputStream(new byte[] {7}));
    assertThat(body.contentLength()).isEmpty();
    assertThat(body.replayable()).isFalse();
    assertThat(body.inMemory()).isEmpty();
    assertThat(content(body)).containsExactly(7);
  }

  @Test
  void aStreamThatIsOpenedEachTimeCanBeSentAgain() {
    RequestBody body = RequestBody.ofInputStream(() -> new ByteArrayInputStream(new byte[] {7}));
    assertThat(body.replayable()).isTrue();
    assertThat(content(body)).isEqualTo(content(body)).containsExactly(7);
  }

  @Test
  void aFileHasItsLengthAndCanBeSentAgain() throws IOException {
    Path file = Files.write(directory.resolve("f"), new byte[] {1, 2, 3, 4});
    RequestBody body = RequestBody.ofFile(file);
    assertThat(body.contentLength()).hasValue(4);
    assertThat(body.replayable()).isTrue();
    assertThat(content(body)).isEqualTo(content(body)).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aFileThatIsNotThereIsRefusedAtOnce() {
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> RequestBody.ofFile(directory.resolve("absent")))
        .withMessageContaining("absent");
  }

  @Test
  void aPublisherIsHandedOnAsItIs() {
    Flow.Publisher<ByteBuffer> publisher = subscriber -> {};
    RequestBody body = RequestBody.ofPublisher(publisher);
    assertThat(body.open(Runnable::run)).isSameAs(publisher);
    assertThat(body.replayable()).isFalse();
    assertThat(body.contentType()).isEmpty();
    assertThat(body.contentLength()).isEmpty();
  }

  @Test
  void aPublisherMayHaveAKnownLength() {
    assertThat(RequestBody.ofPublisher(subscriber -> {}, 9).contentLength()).hasValue(9);
  }

  @Test
  void aNegativeLengthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestBody.ofPublisher(subscriber -> {}, -1))
        .withMessageContaining("-1");
  }

  @Test
  void theTextFormDoesNotShowTheContent() {
    assertThat(RequestBody.ofText("s3cr3t"))
        .hasToString("RequestBody[text/plain; charset=utf-8, 6 bytes]");
  }

  private static byte[] content(RequestBody body) {
    Collector collector = new Collector();
    body.open(Runnable::run).subscribe(collector);
    collector.subscription.request(Long.MAX_VALUE);
    return collector.bytes();
  }
}
