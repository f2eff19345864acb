package org.sessionregistry.transport;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A listening socket that accepts nobody and whose backlog is full, so that connecting to it hangs.
 * Where the operating system refuses instead, the test is skipped.
 */
final class BlackHole implements AutoCloseable {
  private static final int MOST = 64;
  private static final int PATIENCE_MILLIS = 200;

  private final ServerSocket listening;
  private final List<Socket> filling = new ArrayList<>();

  BlackHole(InetAddress address, int port) throws IOException {
    listening = new ServerSocket(port, 1, address);
    assumeTrue(fill(), "a full backlog lets connecting hang on this system");
  }

  int port() {
    return listening.getLocalPort();
  }

  private boolean fill() throws IOException {
    while (filling.size() < MOST) {
      Socket socket = new Socket();
      filling.add(socket);
      try {
        socket.connect(listening.getLocalSocketAddress(), PATIENCE_MILLIS);
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
