package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;

/** The examples of docs/wire.md, word for word. */
final class BesideTheMessage {
  private BesideTheMessage() {}

  /** What shows progress. */
  interface Bar {
    void show(long sent, long total);
  }

  static int expecting(ClientSession session, Path file) throws IOException, InterruptedException {
    // expecting
    try (Response response =
        session.put("/archive").body(RequestBody.ofFile(file)).expectContinue().send()) {
      return response.status();
    }
  }

  static List<String> hearing(ClientSession session) throws IOException, InterruptedException {
    // hearing
    List<String> preload = new CopyOnWriteArrayList<>();
    Response response =
        session
            .get("/page")
            .onInformational(early -> early.headers().all("Link").forEach(preload::add))
            .send();

    response.close();
    return preload;
  }

  static Optional<String> trailing(ClientSession session) throws IOException, InterruptedException {
    // trailing
    Response response = session.get("/report").acceptTrailers().send();
    String report = response.text();
    Optional<String> checksum = response.trailers().first("Checksum");

    return checksum.map(sum -> report + " " + sum);
  }

  static int digesting(ClientSession session, InputStream content) throws Exception {
    // digesting
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    InputStream digested = new DigestInputStream(content, sha);
    Response response =
        session
            .post("/archive")
            .body(RequestBody.ofInputStream(digested))
            .trailer("Checksum", () -> HexFormat.of().formatHex(sha.digest()))
            .send();

    response.close();
    return response.status();
  }

  static int watching(ClientSession session, Path file, Bar bar)
      throws IOException, InterruptedException {
    // watching
    Response response =
        session
            .put("/archive")
            .body(RequestBody.ofFile(file))
            .onUploadProgress((sent, total) -> bar.show(sent, total.orElse(-1)))
            .send();

    response.close();
    return response.status();
  }
}
