package org.sessionregistry.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.sessionregistry.connector.HeaderBlock;
import org.sessionregistry.connector.OutgoingRequest;

/**
 * Writes a request whose body is small or not there into one buffer (RFC 9112 sections 2.1 and 3).
 * By itself, because a session says nearly the same with each request and need not have it encoded
 * again. The rule: what can be said in a field was checked where it was set, and it is written in
 * ISO 8859-1 (RFC 9110 section 5.5), in which a character is a byte, so no field ends but where it
 * ends here. Stateless, for event loops.
 */
final class Http1Head {
  private static final String VERSION = " HTTP/1.1\r\n";
  private static final int COLON_SPACE = ':' << 8 | ' ';
  private static final int CR_LF = '\r' << 8 | '\n';

  private Http1Head() {}

  static ByteBuf encode(ByteBufAllocator allocator, OutgoingRequest request, ByteBuf body) {
    HeaderBlock block = request.block();
    byte[] encoded = block.bytes(Http1Head::encoded);
    int fields = encoded == null ? length(block.fields()) : encoded.length;
    int line = request.method().length() + 1 + request.target().length() + VERSION.length();
    ByteBuf out = allocator.directBuffer(line + fields + 2 + body.readableBytes());
    text(out, request.method());
    out.writeByte(' ');
    text(out, request.target());
    text(out, VERSION);
    if (encoded == null) {
      write(out, block.fields());
    } else {
      out.writeBytes(encoded);
    }
    out.writeShort(CR_LF);
    out.writeBytes(body);
    return out;
  }

  private static void write(ByteBuf out, String[] fields) {
    for (int i = 0; i < fields.length; i += 2) {
      text(out, fields[i]);
      out.writeShort(COLON_SPACE);
      text(out, fields[i + 1]);
      out.writeShort(CR_LF);
    }
  }

  private static void text(ByteBuf out, String text) {
    out.writeCharSequence(text, ISO_8859_1);
  }

  private static byte[] encoded(String[] fields) {
    StringBuilder text = new StringBuilder(length(fields));
    for (int i = 0; i < fields.length; i += 2) {
      text.append(fields[i]).append(": ").append(fields[i + 1]).append("\r\n");
    }
    return text.toString().getBytes(ISO_8859_1);
  }

  private static int length(String[] fields) {
    int length = 0;
    for (String text : fields) {
      length += text.length() + 2; // a colon and a space, or the end of the line
    }
    return length;
  }
}
