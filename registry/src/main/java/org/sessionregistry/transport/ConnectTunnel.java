package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sessionregistry.egress.ProxyServer;

/**
 * A tunnel through an HTTP proxy (RFC 9110 section 9.3.6). Only the head of the answer is read:
 * behind that of a success the server's bytes begin, whatever the head says of a body. Confined to
 * the event loop.
 */
final class ConnectTunnel extends Tunnel {
  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.[01] ([1-9]\\d\\d)(?: [^\\r\\n]*)?");
  private static final String CHALLENGE = "proxy-authenticate:";

  private final int mostHeaderBytes;
  private int scanned;

  ConnectTunnel(Way way, ProxyServer proxy, int mostHeaderBytes, Outcome outcome) {
    super(way, proxy, outcome);
    this.mostHeaderBytes = mostHeaderBytes;
  }

  @Override
  void begin(ChannelHandlerContext ctx) {
    String target = ProxyAnswers.target(way.route());
    StringBuilder head = new StringBuilder(256);
    head.append("CONNECT ").append(target).append(" HTTP/1.1\r\nHost: ").append(target);
    List<String> fields = proxy.fields();
    for (int i = 0; i < fields.size(); i += 2) {
      head.append("\r\n").append(fields.get(i)).append(": ").append(fields.get(i + 1));
    }
    head.append("\r\n\r\n");
    ByteBuf bytes = ctx.alloc().buffer(head.length());
    bytes.writeCharSequence(head, StandardCharsets.ISO_8859_1);
    ctx.writeAndFlush(bytes, ctx.voidPromise());
  }

  @Override
  String step() {
    return "before it had answered";
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (isOver()) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int end = endOfHead(in);
    if ((end < 0 ? in.readableBytes() : end) > mostHeaderBytes) {
      refuse("the head of its answer is larger than limits.response-headers", null);
    } else if (end >= 0) {
      byte[] head = ByteBufUtil.getBytes(in, in.readerIndex(), end);
      in.skipBytes(end);
      scanned = 0;
      answered(ctx, new String(head, StandardCharsets.ISO_8859_1));
    } else if (!mayBeHttp(in)) {
      refuse("it does not speak HTTP/1.1", null);
    }
  }

  private void answered(ChannelHandlerContext ctx, String head) {
    List<String> lines = head.lines().toList();
    String first = lines.isEmpty() ? "" : lines.get(0);
    Matcher line = STATUS_LINE.matcher(first);
    if (!line.matches()) {
      refuse("it does not speak HTTP/1.1, but '" + ProxyAnswers.shown(first) + "'", null);
      return;
    }
    int status = Integer.parseInt(line.group(1));
    if (status == 407) {
      refuseCredentials(first, challenges(lines.stream().skip(1)));
    } else if (status == 101 || status >= 300) {
      refuse(first, null);
    } else if (status >= 200) {
      succeed(ctx);
    } // else more is to come
  }

  private static List<String> challenges(Stream<String> fields) {
    return fields
        .filter(field -> field.regionMatches(true, 0, CHALLENGE, 0, CHALLENGE.length()))
        .map(field -> field.substring(CHALLENGE.length()).strip())
        .toList();
  }

  /** Whether what is there can become a status line. */
  private static boolean mayBeHttp(ByteBuf in) {
    String expected = "HTTP/1.";
    for (int i = 0; i < Math.min(expected.length(), in.readableBytes()); i++) {
      if (in.getByte(in.readerIndex() + i) != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** How many bytes the head has with its empty line, -1 while that is missing. */
  private int endOfHead(ByteBuf in) {
    int start = in.readerIndex();
    for (int i = scanned; i < in.readableBytes(); i++) {
      if (in.getByte(start + i) == '\n' && isEmptyLineBefore(in, start, i)) {
        return i + 1;
      }
    }
    scanned = in.readableBytes();
    return -1;
  }

  private static boolean isEmptyLineBefore(ByteBuf in, int start, int at) {
    int before = at - 1;
    if (before >= 0 && in.getByte(start + before) == '\r') {
      before--;
    }
    return before >= 0 && in.getByte(start + before) == '\n';
  }
}
