package org.sessionregistry.servers.http2;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The server of nghttp2 on the loopback, in a process of its own; it serves files and echoes. */
final class Nghttpd implements AutoCloseable {
  private static final List<Path> PLACES =
      Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
          .map(place -> Path.of(place, "nghttpd"))
          .toList();

  private final Process process;
  private final int port;
  private final boolean secure;

  private Nghttpd(Process process, int port, boolean secure) {
    this.process = process;
    this.port = port;
    this.secure = secure;
  }

  /** Skips the test where there is no such server. */
  static Nghttpd start(Path files, List<String> options, Path... keyAndCertificate)
      throws Exception {
    Path binary = PLACES.stream().filter(Files::isExecutable).findFirst().orElse(null);
    Assumptions.assumeTrue(
        binary != null, "no nghttpd is installed (Debian: apt-get install nghttp2-server)");
    boolean secure = keyAndCertificate.length > 0;
    int port = freePort();
    List<String> command = new ArrayList<>(List.of(binary.toString(), "-a", "127.0.0.1"));
    command.addAll(List.of("-d", files.toString()));
    command.addAll(options);
    if (!secure) {
      command.add("--no-tls");
    }
    command.add(Integer.toString(port));
    Stream.of(keyAndCertificate).map(Path::toString).forEach(command::add);
    Nghttpd server =
        new Nghttpd(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start(),
            port,
            secure);
    Until.is("nghttpd accepts connections", server::accepts);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private boolean accepts() {
    if (!process.isAlive()) {
      throw new AssertionError("nghttpd ended with " + process.exitValue());
    }
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  String origin() {
    return (secure ? "https" : "http") + "://127.0.0.1:" + port;
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
