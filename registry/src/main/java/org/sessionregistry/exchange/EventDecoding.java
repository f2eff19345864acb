package org.sessionregistry.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ServerSentEvent;
import org.sessionregistry.SessionException;

/**
 * Interprets an event stream (WHATWG HTML section 9.2.6); what is incomplete at its end is dropped.
 * Always UTF-8, whatever the header says. Confined to one reader.
 */
final class EventDecoding implements Decoding<ServerSentEvent> {
  /** Longer times to wait than this are no times to wait. */
  private static final int MAX_DIGITS = 12;

  private final LineDecoding lines;
  private final long limit;
  private final Supplier<SessionException> tooLong;
  private final Deque<ServerSentEvent> events = new ArrayDeque<>();
  private final StringBuilder data = new StringBuilder();
  private String type = "";
  private String id;
  private volatile String lastEventId;
  private volatile long retryMillis = -1;

  /** The limit, in characters, is for one line and for the data of one event. */
  EventDecoding(String lastEventId, long limit, Supplier<SessionException> tooLong) {
    this.lines = new LineDecoding(UTF_8, limit, tooLong);
    this.limit = limit;
    this.tooLong = tooLong;
    this.lastEventId = lastEventId;
    this.id = lastEventId;
  }

  @Override
  public void decode(ByteBuffer part) throws SessionException {
    lines.decode(part);
    for (String line = lines.poll(); line != null; line = lines.poll()) {
      interpret(line);
    }
  }

  @Override
  public void end() {}

  @Override
  public @Nullable ServerSentEvent poll() {
    return events.poll();
  }

  /** The id of the last event that was complete, for when the stream is taken up again. */
  String lastEventId() {
    return lastEventId;
  }

  /** How long to wait before that, if the server said so; else negative. */
  long retryMillis() {
    return retryMillis;
  }

  private void interpret(String line) throws SessionException {
    if (line.isEmpty()) {
      dispatch();
      return;
    }
    int colon = line.indexOf(':');
    if (colon == 0) {
      return; // a comment
    }
    String field = colon < 0 ? line : line.substring(0, colon);
    int start = colon + (line.startsWith(" ", colon + 1) ? 2 : 1);
    String value = colon < 0 ? "" : line.substring(start);
    switch (field) {
      case "event" -> type = value;
      case "data" -> append(value);
      case "id" -> id = value.indexOf(0) < 0 ? value : id;
      case "retry" -> retry(value);
      default -> {
        // what is not known is ignored
      }
    }
  }

  private void append(String value) throws SessionException {
    if (data.length() + value.length() > limit) {
      throw tooLong.get();
    }
    data.append(value).append('\n');
  }

  private void retry(String value) {
    boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits && value.length() <= MAX_DIGITS) {
      retryMillis = Long.parseLong(value);
    }
  }

  private void dispatch() {
    lastEventId = id;
    if (!data.isEmpty()) {
      data.setLength(data.length() - 1);
      events.add(
          new ServerSentEvent(type.isEmpty() ? "message" : type, data.toString(), lastEventId));
      data.setLength(0);
    }
    type = "";
  }
}
