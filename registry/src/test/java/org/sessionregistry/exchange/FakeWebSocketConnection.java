package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Frame;
import org.sessionregistry.connector.FrameEvents;
import org.sessionregistry.connector.WebSocketConnection;

/**
 * A connection that becomes a WebSocket, whose peer is the test. Its event loop runs a task at
 * once, or after the one that is running. For one thread.
 */
final class FakeWebSocketConnection extends FakeConnection implements WebSocketConnection {
  private record Written(Frame frame, Consumer<Throwable> told) {}

  private final Deque<Runnable> tasks = new ArrayDeque<>();
  private final Deque<Written> written = new ArrayDeque<>();
  private boolean running;
  private FrameEvents frames;

  /** What was written to the socket. */
  final List<Frame> sent = new ArrayList<>();

  /** How many frames may come. */
  int asked;

  /** Whether what still comes is read away. */
  boolean finished;

  /** Whether the socket takes nothing until {@link #finishWrites}. */
  boolean writesLater;

  /** Whether the event loop has ended. */
  boolean loopEnded;

  FakeWebSocketConnection(Dialer.Listener listener) {
    super(listener);
  }

  // ---- the event loop -------------------------------------------------------------------------

  @Override
  public boolean execute(Runnable task) {
    if (loopEnded) {
      return false;
    }
    tasks.add(task);
    if (!running) {
      running = true;
      try {
        for (Runnable next = tasks.poll(); next != null; next = tasks.poll()) {
          next.run();
        }
      } finally {
        running = false;
      }
    }
    return true;
  }

  // ---- what the session does ------------------------------------------------------------------

  @Override
  public void switchToFrames(FrameEvents events, int maxPayload, boolean compression) {
    frames = events;
    becomeOther();
  }

  @Override
  public void read() {
    asked++;
  }

  @Override
  public void write(Frame frame, Consumer<Throwable> told) {
    if (closed) {
      execute(() -> told.accept(new IllegalStateException("the connection is closed")));
    } else {
      written.add(new Written(frame, told));
    }
  }

  @Override
  public void flush() {
    if (!writesLater) {
      finishWrites();
    }
  }

  @Override
  public void finish(long millis) {
    finished = true;
  }

  // ---- what the peer does ---------------------------------------------------------------------

  @Override
  FakeConnection head(int status, String... fields) {
    execute(() -> super.head(status, fields));
    return this;
  }

  /** Agrees to the opening handshake. */
  void agree(String... more) {
    String key = header("Sec-WebSocket-Key");
    List<String> fields = new ArrayList<>(Arrays.asList(more));
    fields.addAll(List.of("Upgrade", "websocket", "Connection", "Upgrade"));
    fields.addAll(List.of("Sec-WebSocket-Accept", accept(key)));
    sent();
    head(101, fields.toArray(String[]::new));
  }

  private static String accept(String key) {
    try {
      byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A header field of the opening handshake; null if there is none. */
  String header(String name) {
    String[] fields = request.headers();
    for (int i = 0; i < fields.length; i += 2) {
      if (fields[i].equalsIgnoreCase(name)) {
        return fields[i + 1];
      }
    }
    return null;
  }

  boolean isWebSocket() {
    return frames != null;
  }

  /** Sends a frame that was asked for. */
  void frame(Frame frame) {
    execute(
        () -> {
          if (asked == 0) {
            throw new IllegalStateException("nobody asked for a frame");
          }
          asked--;
          frames.frame(frame);
        });
  }

  void text(String message) {
    frame(new Frame(Frame.TEXT, true, false, message.getBytes(UTF_8)));
  }

  /** Breaks the protocol in place of a frame. */
  void violate() {
    execute(
        () -> {
          asked--;
          frames.violated(CloseCodes.PROTOCOL_ERROR, "a reserved bit is set");
        });
  }

  /** The socket takes what was written. */
  void finishWrites() {
    for (Written next = written.poll(); next != null; next = written.poll()) {
      Written done = next;
      sent.add(done.frame);
      execute(() -> done.told.accept(null));
    }
  }

  @Override
  void finishClose() {
    execute(
        () -> {
          if (closed) {
            return;
          }
          super.finishClose();
          for (Written next = written.poll(); next != null; next = written.poll()) {
            next.told.accept(new IllegalStateException("the connection was closed"));
          }
          if (frames != null) {
            frames.ended(null);
          }
        });
  }

  /** What was sent, without control frames, as text. */
  List<String> messages() {
    return sent.stream()
        .filter(frame -> !frame.isControl())
        .map(frame -> new String(frame.payload(), UTF_8))
        .toList();
  }
}
