package org.sessionregistry.servers.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A listening socket that accepts nobody and whose backlog is full, so that connecting to it hangs.
 * Where the operating system refuses instead, the test is skipped.
 */
final class FullBacklog implements AutoCloseable {
  private static final int MOST = 64;

  private final ServerSocket listening;
  private final List<Socket> filling = new ArrayList<>();

  private FullBacklog(ServerSocket listening) {
    this.listening = listening;
  }

  static FullBacklog open() throws IOException {
    FullBacklog backlog = new FullBacklog(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    assumeTrue(backlog.fill(), "a full backlog lets connecting hang on this system");
    return backlog;
  }

  String authority() {
    return "127.0.0.1:" + listening.getLocalPort();
  }

  private boolean fill() throws IOException {
    while (filling.size() < MOST) {
      Socket socket = new Socket();
      filling.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), listening.getLocalPort()), 200);
      } catch (SocketTimeoutException hangs) {
        return true;
      } catch (IOException refused) {
        return false;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : filling) {
      socket.close();
    }
    listening.close();
  }
}
