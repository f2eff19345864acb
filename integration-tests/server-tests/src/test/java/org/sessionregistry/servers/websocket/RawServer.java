package org.sessionregistry.servers.websocket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A server that does to each connection what a script says, keeping to the protocol or not. When a
 * script has ended, the server reads until the client closes. Written without any library, so that
 * it shares no mistake with the client.
 */
final class RawServer implements AutoCloseable {
  /** What is done to one connection. */
  @FunctionalInterface
  interface Script {
    void play(Connection peer) throws Exception;
  }

  private final ServerSocket listening;
  private final Script script;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final Queue<Throwable> mistakes = new ConcurrentLinkedQueue<>();

  RawServer(Script script) throws IOException {
    this.script = script;
    listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(this::accept);
  }

  String origin() {
    return "ws://127.0.0.1:" + listening.getLocalPort();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = listening.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Connection connection = new Connection(socket);
      script.play(connection);
      connection.in.transferTo(OutputStream.nullOutputStream());
    } catch (EOFException | SocketException gone) {
      return; // what the script still wanted to do has become pointless
    } catch (Throwable mistake) {
      mistakes.add(mistake);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    Throwable mistake = mistakes.poll();
    if (mistake != null) {
      throw new AssertionError("the script failed", mistake);
    }
  }

  /**
   * A frame that came in, unmasked.
   *
   * @param head the first byte: FIN, reserved bits, opcode
   * @param masked whether it was masked
   */
  @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
  record Seen(int head, boolean masked, byte[] payload) {
    int opcode() {
      return head & 0x0F;
    }

    int code() {
      return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    }

    String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }
  }

  /** The server's end of one connection. Confined to the thread that plays the script. */
  static final class Connection {
    final Socket socket;
    final DataInputStream in;
    private final OutputStream out;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
      out = socket.getOutputStream();
    }

    /** Line and fields of a request, all names in lower case. */
    String readHead() throws IOException {
      StringBuilder head = new StringBuilder();
      for (String line = readLine(); !line.isEmpty(); line = readLine()) {
        int colon = line.indexOf(": ");
        head.append(
                colon < 0
                    ? line
                    : line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon))
            .append('\n');
      }
      return head.toString();
    }

    private String readLine() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          throw new EOFException();
        }
        if (b != '\r') {
          line.write(b);
        }
      }
      return line.toString(StandardCharsets.ISO_8859_1);
    }

    static @Nullable String field(String head, String name) {
      for (String line : head.split("\n")) {
        if (line.startsWith(name + ": ")) {
          return line.substring(name.length() + 2);
        }
      }
      return null;
    }

    static String acceptOf(String head) throws Exception {
      String key = field(head, "sec-websocket-key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Answers the opening handshake as it should be. */
    String handshake(String... fields) throws Exception {
      String head = readHead();
      String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
      send(
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Accept: "
              + acceptOf(head)
              + "\r\n"
              + more
              + "\r\n");
      return head;
    }

    /** The same, and agrees to compression. */
    String handshakeWithCompression() throws Exception {
      return handshake("Sec-WebSocket-Extensions: permessage-deflate");
    }

    void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte... bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    /** Bytes in hexadecimal, blanks between them or not. */
    void sendHex(String hex) throws IOException {
      send(hex(hex));
    }

    static byte[] hex(String hex) {
      return java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    void frame(int head, byte[] payload) throws IOException {
      ByteBuffer frame = ByteBuffer.allocate(10 + payload.length).put((byte) head);
      if (payload.length < 126) {
        frame.put((byte) payload.length);
      } else if (payload.length < 65536) {
        frame.put((byte) 126).putShort((short) payload.length);
      } else {
        frame.put((byte) 127).putLong(payload.length);
      }
      frame.put(payload).flip();
      byte[] bytes = new byte[frame.remaining()];
      frame.get(bytes);
      send(bytes);
    }

    void text(String message) throws IOException {
      frame(0x81, message.getBytes(StandardCharsets.UTF_8));
    }

    void close(int code) throws IOException {
      frame(0x88, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    Seen read() throws IOException {
      int head = in.readUnsignedByte();
      int second = in.readUnsignedByte();
      long length = second & 0x7F;
      length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
      byte[] key = new byte[4];
      boolean masked = (second & 0x80) != 0;
      if (masked) {
        in.readFully(key);
      }
      byte[] payload = new byte[(int) length];
      in.readFully(payload);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= key[i & 3];
      }
      return new Seen(head, masked, payload);
    }

    /** Reads frames until one is a close. */
    Seen readClose() throws IOException {
      Seen seen = read();
      while (seen.opcode() != 8) {
        seen = read();
      }
      return seen;
    }
  }
}
