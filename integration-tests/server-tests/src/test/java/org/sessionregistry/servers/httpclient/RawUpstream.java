package org.sessionregistry.servers.httpclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Answers each connection's first request with the same bytes, well-formed or not, and closes. */
final class RawUpstream implements AutoCloseable {
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final byte[] answer;

  RawUpstream(String answer) throws IOException {
    this.answer = answer.getBytes(StandardCharsets.ISO_8859_1);
    Thread thread = new Thread(this::serve, "raw-upstream");
    thread.setDaemon(true);
    thread.start();
  }

  String origin() {
    return "http://127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket connection = socket.accept()) {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          int next = connection.getInputStream().read();
          if (next < 0) {
            break;
          }
          head.append((char) next);
        }
        connection.getOutputStream().write(answer);
      } catch (IOException gone) {
        continue; // the client, or the whole server; the condition says which
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
