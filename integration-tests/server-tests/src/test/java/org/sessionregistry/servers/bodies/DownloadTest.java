package org.sessionregistry.servers.bodies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;
import org.sessionregistry.SessionException;

/** Bodies that become files, and go on where they stopped. */
class DownloadTest {
  private static final int SIZE = 1_000_000;

  @RegisterExtension final World world = new World();
  @TempDir Path directory;

  private final byte[] content = random(1);
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final AtomicBoolean breaks = new AtomicBoolean();
  private volatile String tag = "\"v1\"";
  private volatile byte[] served = content;

  private static byte[] random(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** Serves ranges to those who know the tag, and breaks off in the middle if it is told to. */
  private void serve(Call call) throws IOException {
    String range = call.header("Range");
    ranges.add(range + " " + call.header("If-Range"));
    byte[] bytes = served;
    int from = 0;
    call.with("ETag", tag);
    if (!range.isEmpty() && call.header("If-Range").equals(tag)) {
      from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      if (from >= bytes.length) {
        call.status(416).with("Content-Range", "bytes */" + bytes.length).reply("");
        return;
      }
      call.status(206).with("Content-Range", "bytes " + from + "-" + (SIZE - 1) + "/" + SIZE);
    }
    call.with("Content-Length", Integer.toString(bytes.length - from));
    OutputStream out = call.output();
    if (breaks.getAndSet(false)) {
      out.write(bytes, from, 400_000);
      out.flush();
      throw new IOException("the server breaks off");
    }
    out.write(bytes, from, bytes.length - from);
    out.close();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void breakOff(ClientSession session, Path target) {
    breaks.set(true);
    assertThatExceptionOfType(SessionException.class)
        .isThrownBy(() -> session.get("/big?secret=x").download(target));
  }

  @ParameterizedTest
  @EnumSource
  void aBodyIsSavedAndItsProgressTold(Peer peer) throws Exception {
    ClientSession session = world.session(peer, this::serve);
    Path target = Files.writeString(directory.resolve("a.bin"), "older");
    AtomicLong last = new AtomicLong();
    try (Response response = session.get("/big").send()) {
      assertThat(
              response.saveTo(
                  target,
                  (received, total) -> {
                    assertThat(total).isEqualTo(OptionalLong.of(SIZE));
                    assertThat(received).isGreaterThan(last.getAndSet(received));
                    assertThat(Thread.currentThread().getName()).contains("blocking");
                  }))
          .isEqualTo(target);
    }
    assertThat(last).hasValue(SIZE);
    assertThat(target).hasBinaryContent(content);
    assertThat(files()).containsExactly("a.bin");
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatBreaksOffLeavesTheTargetAlone(Peer peer) throws Exception {
    ClientSession session = world.session(peer, this::serve);
    Path target = Files.writeString(directory.resolve("a.bin"), "older");
    breaks.set(true);
    try (Response response = session.get("/big").send()) {
      assertThatExceptionOfType(SessionException.class).isThrownBy(() -> response.saveTo(target));
    }
    assertThat(target).hasContent("older");
    assertThat(files()).containsExactly("a.bin");
  }

  @ParameterizedTest
  @EnumSource
  void cancellingASaveDeletesWhatCame(Peer peer) throws Exception {
    CountDownLatch gate = world.gate();
    ClientSession session =
        world.session(
            peer,
            call -> {
              OutputStream out = call.output();
              out.write(new byte[1000]);
              out.flush();
              World.pass(gate);
            });
    Response response = session.get("/big").send();
    AtomicLong received = new AtomicLong();
    CompletableFuture<Path> saved =
        response.saveToAsync(directory.resolve("a"), (bytes, total) -> received.set(bytes));
    World.until("some bytes", () -> received.get() == 1000);
    assertThat(files()).hasSize(1);
    saved.cancel(true);
    World.until("no exchange", () -> session.statistics().inFlight() == 0);
    World.until(
        "no file",
        () -> {
          try {
            return files().isEmpty();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    gate.countDown();
  }

  @ParameterizedTest
  @EnumSource
  void aDirectoryThatIsNotThereIsAnErrorOfTheFileSystem(Peer peer) throws Exception {
    ClientSession session = world.session(peer, this::serve);
    try (Response response = session.get("/big").send()) {
      assertThatExceptionOfType(java.nio.file.NoSuchFileException.class)
          .isThrownBy(() -> response.saveTo(directory.resolve("none/a")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDownloadGoesOnWhereItStopped(Peer peer) throws Exception {
    ClientSession session = world.session(peer, this::serve);
    Path target = directory.resolve("a.bin");
    breakOff(session, target);
    assertThat(files()).containsExactly("a.bin.part", "a.bin.part.validator");
    assertThat(directory.resolve("a.bin.part.validator")).content().doesNotContain("secret");
    long part = Files.size(directory.resolve("a.bin.part"));
    assertThat(part).isPositive();

    AtomicLong first = new AtomicLong();
    try (Response response =
        session
            .get("/big?secret=x")
            .download(target, (received, total) -> first.compareAndSet(0, received))) {
      assertThat(response.status()).isEqualTo(206);
    }
    assertThat(first.get()).isGreaterThan(part);
    assertThat(target).hasBinaryContent(content);
    assertThat(files()).containsExactly("a.bin");
    assertThat(ranges).containsExactly(" ", "bytes=" + part + "- \"v1\"");
  }

  @ParameterizedTest
  @EnumSource
  void whatHasChangedIsFetchedAnew(Peer peer) throws Exception {
    ClientSession session = world.session(peer, this::serve);
    Path target = directory.resolve("a.bin");
    breakOff(session, target);
    tag = "\"v2\"";
    served = random(2);
    try (Response response = session.get("/big?secret=x").download(target)) {
      assertThat(response.status()).isEqualTo(200);
    }
    assertThat(target).hasBinaryContent(served);
    assertThat(files()).containsExactly("a.bin");
  }

  @ParameterizedTest
  @EnumSource
  void aRangeThatIsNotThereIsFetchedAnew(Peer peer) throws Exception {
    ClientSession session = world.session(peer, this::serve);
    Path target = directory.resolve("a.bin");
    breakOff(session, target);
    served = Arrays.copyOf(content, 100);
    try (Response response = session.get("/big?secret=x").download(target)) {
      assertThat(response.status()).isEqualTo(200);
    }
    assertThat(target).hasBinaryContent(served);
    assertThat(ranges).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeRecognisedAgainIsNotKept(Peer peer) throws Exception {
    tag = "W/\"weak\"";
    ClientSession session = world.session(peer, this::serve);
    breakOff(session, directory.resolve("a.bin"));
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aPartOfSomethingElseIsNotContinued(Peer peer) throws Exception {
    ClientSession session = world.session(peer, this::serve);
    Path target = directory.resolve("a.bin");
    breakOff(session, target);
    session.get("/other").download(target).close();
    assertThat(ranges).containsExactly(" ", " ");
    assertThat(target).hasBinaryContent(content);
  }

  @ParameterizedTest
  @EnumSource
  void anotherStatusIsNotSaved(Peer peer) throws Exception {
    ClientSession session = world.session(peer, call -> call.status(404).reply("not here"));
    try (Response response = session.get("/big").download(directory.resolve("a"))) {
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.text()).isEqualTo("not here");
    }
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void onlyAGetWithoutARangeIsADownload(Peer peer) throws Exception {
    ClientSession session = world.session(peer, this::serve);
    Path target = directory.resolve("a");
    assertThatIllegalArgumentException().isThrownBy(() -> session.post("/").download(target));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> session.get("/").header("Range", "bytes=0-1").download(target));
  }
}
