package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Response;

/** The examples of docs/compression.md, word for word. */
final class Compression {
  private Compression() {}

  static long errors(ClientSession logs) throws IOException, InterruptedException {
    // readme
    try (Response response = logs.get("/today").send(); // Accept-Encoding: gzip, deflate, …
        Stream<String> lines = response.lines()) { // decompressed line by line
      return lines.filter(line -> line.contains("ERROR")).count();
    }
  }

  static void archive(ClientSession logs, Path file) throws IOException, InterruptedException {
    // asSent
    try (Response response = logs.get("/today").header("Accept-Encoding", "gzip").send()) {
      boolean compressed = response.headers().all("Content-Encoding").contains("gzip");
      Files.write(compressed ? file.resolveSibling("today.gz") : file, response.bytes());
    }
  }
}
