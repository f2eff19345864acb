package org.sessionregistry.servers.bodies;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.MultipartBody;
import org.sessionregistry.RequestBody;
import org.sessionregistry.RequestBodyException;
import org.sessionregistry.Response;

/** What Jetty's parser makes of a multipart body, and that nothing of it is held in memory. */
class MultipartTest {
  @RegisterExtension final World world = new World();
  @TempDir Path directory;

  /** A part as Jetty understood it. */
  private record Part(String name, String fileName, String type, byte[] content) {}

  private final List<Part> parts = new CopyOnWriteArrayList<>();
  private final List<String> lengths = new CopyOnWriteArrayList<>();

  private ClientSession parsing(Peer peer) throws Exception {
    return world.session(
        peer,
        call -> {
          String type = call.header("Content-Type");
          MultiPartFormData.Parser parser =
              new MultiPartFormData.Parser(MultiPart.extractBoundary(type));
          parser.setMaxMemoryFileSize(-1);
          byte[] bytes = call.body().readAllBytes();
          List<Part> read = new ArrayList<>();
          try (MultiPartFormData.Parts parsed =
              parser.parse(Content.Source.from(new ByteArrayInputStream(bytes))).join()) {
            for (MultiPart.Part part : parsed) {
              read.add(
                  new Part(
                      part.getName(),
                      part.getFileName(),
                      part.getHeaders().get("Content-Type"),
                      Content.Source.asInputStream(part.getContentSource()).readAllBytes()));
            }
          }
          parts.addAll(read);
          lengths.add(call.header("Content-Length"));
        });
  }

  @ParameterizedTest
  @EnumSource
  void aServerReadsFieldsFilesAndOtherBodies(Peer peer) throws Exception {
    byte[] random = new byte[3_000_000];
    new Random(1).nextBytes(random);
    Path file = Files.write(directory.resolve("grüße.bin"), random);
    MultipartBody body =
        MultipartBody.form()
            .field("title", "Grüße\r\n--x")
            .file("scan", file)
            .part("note", RequestBody.ofText("short"))
            .build();

    try (Response response = parsing(peer).post("/upload").body(body).send()) {
      assertThat(response.status()).isEqualTo(200);
    }
    assertThat(parts).extracting(Part::name).containsExactly("title", "scan", "note");
    assertThat(parts).extracting(Part::fileName).containsExactly(null, "grüße.bin", null);
    assertThat(parts)
        .extracting(Part::type)
        .containsExactly(null, "application/octet-stream", "text/plain; charset=utf-8");
    assertThat(parts.get(0).content()).isEqualTo("Grüße\r\n--x".getBytes(UTF_8));
    assertThat(parts.get(1).content()).isEqualTo(random);
    assertThat(lengths).containsExactly(Long.toString(body.contentLength().orElseThrow()));
  }

  @ParameterizedTest
  @EnumSource
  void aPartOfUnknownLengthIsSentWithoutALength(Peer peer) throws Exception {
    MultipartBody body =
        MultipartBody.form()
            .part("s", "s.txt", RequestBody.ofInputStream(new ByteArrayInputStream(new byte[5])))
            .build();
    parsing(peer).post("/upload").body(body).send().close();
    assertThat(parts).extracting(Part::fileName).containsExactly("s.txt");
    assertThat(parts.get(0).content()).hasSize(5);
    assertThat(lengths).containsExactly("");
  }

  @ParameterizedTest
  @EnumSource
  void aSlowServerHoldsUpTheReadingOfAFile(Peer peer) throws Exception {
    CountDownLatch gate = world.gate();
    AtomicLong taken = new AtomicLong();
    ClientSession session =
        world.session(
            peer,
            call -> {
              World.pass(gate);
              taken.set(call.body().transferTo(OutputStream.nullOutputStream()));
            });
    long size = 200L << 20;
    AtomicLong read = new AtomicLong();
    MultipartBody body =
        MultipartBody.form()
            .part("f", RequestBody.ofInputStream(new Endless(size, read)))
            .part("g", RequestBody.ofText("last"))
            .build();
    CompletableFuture<Response> response = session.post("/upload").body(body).sendAsync();
    long before = World.untilStill(read::get);
    assertThat(before).as("read while nobody took it").isLessThan(size / 4);
    gate.countDown();
    response.get().close();
    assertThat(taken.get()).isGreaterThan(size);
  }

  @ParameterizedTest
  @EnumSource
  void aPartThatBreaksFailsTheRequest(Peer peer) throws Exception {
    ClientSession session = world.session(peer, call -> call.reply(call.body().readAllBytes()));
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    MultipartBody body =
        MultipartBody.form().field("a", "b").part("f", RequestBody.ofInputStream(broken)).build();
    assertThatExceptionOfType(RequestBodyException.class)
        .isThrownBy(() -> session.post("/upload").body(body).send())
        .withMessageContaining("the disk is gone");
  }

  /** So many zeros; counts what was read. */
  private static final class Endless extends InputStream {
    private final long size;
    private final AtomicLong read;

    Endless(long size, AtomicLong read) {
      this.size = size;
      this.read = read;
    }

    @Override
    public int read() {
      return read(new byte[1], 0, 1);
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      long left = size - read.get();
      if (left == 0) {
        return -1;
      }
      int n = (int) Math.min(left, length);
      read.addAndGet(n);
      return n;
    }
  }
}
