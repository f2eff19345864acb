package org.sessionregistry.exchange;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.SessionException;

/**
 * Lines that end with CR, LF or CRLF; an end without a line before it is no line. No line is longer
 * than the limit, so that a body without any cannot fill the memory. Confined to one reader.
 */
final class LineDecoding implements Decoding<String> {
  private final IncrementalText text;
  private final long limit;
  private final Supplier<SessionException> tooLong;
  private final Deque<String> lines = new ArrayDeque<>();
  private final StringBuilder line = new StringBuilder();
  private final StringBuilder decoded = new StringBuilder();
  private boolean afterCr;

  /** The limit is in characters. */
  LineDecoding(Charset charset, long limit, Supplier<SessionException> tooLong) {
    this.text = new IncrementalText(charset);
    this.limit = limit;
    this.tooLong = tooLong;
  }

  @Override
  public void decode(ByteBuffer part) throws SessionException {
    text.decode(part, decoded);
    split();
  }

  @Override
  public void end() throws SessionException {
    text.end(decoded);
    split();
    if (!line.isEmpty()) {
      lines.add(line.toString());
      line.setLength(0);
    }
  }

  private void split() throws SessionException {
    int start = 0;
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      boolean secondOfCrLf = afterCr && c == '\n';
      afterCr = c == '\r';
      if (c == '\n' || c == '\r') {
        if (!secondOfCrLf) {
          line.append(decoded, start, i);
          check();
          lines.add(line.toString());
          line.setLength(0);
        }
        start = i + 1;
      }
    }
    line.append(decoded, start, decoded.length());
    decoded.setLength(0);
    check();
  }

  private void check() throws SessionException {
    if (line.length() > limit) {
      throw tooLong.get();
    }
  }

  @Override
  public @Nullable String poll() {
    return lines.poll();
  }
}
