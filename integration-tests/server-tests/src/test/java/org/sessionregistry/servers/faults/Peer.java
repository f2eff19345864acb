package org.sessionregistry.servers.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * The server's end of one connection, and the steps that a script puts together. Confined to the
 * thread that plays the script.
 */
final class Peer {
  private final int number;
  private final Socket socket;
  private final CountDownLatch released;
  private final Consumer<ScriptedServer.Seen> record;
  private Socket secured;
  private InputStream in;
  private String head = "";

  Peer(int number, Socket socket, CountDownLatch released, Consumer<ScriptedServer.Seen> record) {
    this.number = number;
    this.socket = socket;
    this.secured = socket;
    this.released = released;
    this.record = record;
  }

  /** The number of the connection, from 1. */
  int number() {
    return number;
  }

  /** From here on, all is in TLS; the connection ends without it, as after a cut. */
  void secure(SSLContext identity) throws IOException {
    SSLSocket server =
        (SSLSocket) identity.getSocketFactory().createSocket(socket, (InputStream) null, false);
    server.startHandshake();
    secured = server;
    in = null;
  }

  /** Ends the TLS session in order (RFC 8446 section 6.1). */
  void sayGoodbye() throws IOException {
    ((SSLSocket) secured).shutdownOutput();
  }

  // ---- reading --------------------------------------------------------------------------------

  /** Reads a request's head, its line and fields in one string. */
  String readHead() throws IOException {
    String line = readLine();
    StringBuilder all = new StringBuilder(line).append('\n');
    for (String field = readLine(); !field.isEmpty(); field = readLine()) {
      all.append(field).append('\n');
    }
    head = all.toString();
    record.accept(new ScriptedServer.Seen(number, line));
    return head;
  }

  /** Reads the body that the last head announced. */
  byte[] readBody() throws IOException {
    String fields = head.toLowerCase(Locale.ROOT);
    if (fields.contains("\ntransfer-encoding: chunked\n")) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int n = chunkSize(); n > 0; n = chunkSize()) {
        body.write(readFully(n));
        readLine();
      }
      readLine();
      return body.toByteArray();
    }
    int at = fields.indexOf("\ncontent-length: ");
    if (at < 0) {
      return new byte[0];
    }
    String length = fields.substring(at + 17, fields.indexOf('\n', at + 1));
    return readFully(Integer.parseInt(length));
  }

  /** Reads a whole request. */
  void read() throws IOException {
    readHead();
    readBody();
  }

  byte[] readFully(int length) throws IOException {
    byte[] bytes = in().readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the client has closed");
    }
    return bytes;
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(readLine(), 16);
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in().read(); b != '\n'; b = in().read()) {
      if (b < 0) {
        throw new EOFException("the client has closed");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  private InputStream in() throws IOException {
    if (in == null) {
      in = new BufferedInputStream(secured.getInputStream());
    }
    return in;
  }

  // ---- writing --------------------------------------------------------------------------------

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = secured.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /** Reads a request and answers it. */
  void answer(String response) throws IOException {
    read();
    send(response);
  }

  /** Answers every request until the client closes. */
  void answerAll(String response) throws IOException {
    while (true) {
      answer(response);
    }
  }

  // ---- waiting and ending ---------------------------------------------------------------------

  /** Does nothing more, but reads what comes, until the client closes. */
  void stall() throws IOException {
    if (!socket.isClosed()) {
      in().transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Does not even read, until the server is released. */
  void stallUnread() throws InterruptedException {
    Await.opened(released);
  }

  /** What makes a peer slow: time passes, and nothing else happens. */
  void pause(Duration time) throws InterruptedException {
    released.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends the connection in order. */
  void close() throws IOException {
    socket.close();
  }

  /** Ends the sending side only. */
  void halfClose() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends the connection with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
