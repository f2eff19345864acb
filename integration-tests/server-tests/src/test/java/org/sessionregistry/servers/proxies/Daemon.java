package org.sessionregistry.servers.proxies;

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

/** A proxy of the operating system in a process of its own, on a free port of the loopback. */
final class Daemon implements AutoCloseable {
  private static final List<String> PLACES =
      List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin");

  private final Process process;

  private Daemon(Process process) {
    this.process = process;
  }

  /** Where a program is; skips the test where it is not. */
  static Path find(String program, String aptPackage) {
    Path found =
        PLACES.stream()
            .map(place -> Path.of(place, program))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(
        found != null,
        "no " + program + " is installed (Debian: apt-get install " + aptPackage + ")");
    return found;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** Returns when it accepts connections. */
  static Daemon start(Path log, int port, Path program, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    Stream.of(arguments).forEach(command::add);
    Daemon daemon =
        new Daemon(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start());
    Until.is(program + " accepts connections", () -> daemon.accepts(log, port));
    return daemon;
  }

  private boolean accepts(Path log, int port) {
    if (!process.isAlive()) {
      throw new AssertionError("it ended with " + process.exitValue() + ": " + text(log));
    }
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() throws Exception {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly(); // Squid takes seconds to end in order
    children.forEach(ProcessHandle::destroyForcibly);
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      throw new AssertionError("it does not end");
    }
  }
}
