package org.sessionregistry.transport;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Frame;
import org.sessionregistry.connector.FrameEvents;

/**
 * Gives the frames that have come, one for each that was asked for: what one read of the socket
 * brought beyond that waits here, and nothing more is read meanwhile. Confined to the event loop.
 */
final class FrameInlet {
  private static final int RSV1 = 4;
  private static final int PROTOCOL_ERROR = 1002;

  private final ChannelHandlerContext ctx;
  private final FrameEvents events;
  private final boolean compression;
  private final Queue<Frame> arrived = new ArrayDeque<>();
  private int violationCode;
  private @Nullable String violation;
  private @Nullable Throwable cause;
  private boolean wanted;
  private boolean giving;
  private boolean over;
  private boolean ended;
  private boolean told;

  FrameInlet(ChannelHandlerContext ctx, FrameEvents events, boolean compression) {
    this.ctx = ctx;
    this.events = events;
    this.compression = compression;
  }

  /**
   * Reserved bits pass it, because a compressed control frame does too; they are looked at here.
   */
  static ChannelHandler decoder(int maxPayload) {
    return new WebSocket13FrameDecoder(
        WebSocketDecoderConfig.newBuilder()
            .expectMaskedFrames(false)
            .allowMaskMismatch(false)
            .allowExtensions(true)
            .maxFramePayloadLength(maxPayload)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build());
  }

  void read() {
    wanted = true;
    give();
  }

  /** Nobody is interested any more, but the peer shall be able to say all it has to say. */
  void discardAll() {
    drop();
    ctx.channel().config().setAutoRead(true);
  }

  /** Nobody is interested any more. */
  void drop() {
    over = true;
    arrived.clear();
    violation = null;
    if (ended) {
      tellEnd();
    }
  }

  void arrived(int reserved, WebSocketFrame frame, byte[] payload) {
    if (over || violation != null) {
      return;
    }
    int opcode = opcode(frame);
    boolean compressed = (reserved & RSV1) != 0;
    boolean mayBe = compression && (opcode == Frame.TEXT || opcode == Frame.BINARY);
    if ((reserved & ~RSV1) != 0 || (compressed && !mayBe)) {
      violated(PROTOCOL_ERROR, "a reserved bit is set that nobody agreed on");
      return;
    }
    arrived.add(new Frame(opcode, frame.isFinalFragment(), compressed, payload));
    give();
  }

  private static int opcode(WebSocketFrame frame) {
    if (frame instanceof TextWebSocketFrame) {
      return Frame.TEXT;
    }
    if (frame instanceof BinaryWebSocketFrame) {
      return Frame.BINARY;
    }
    if (frame instanceof ContinuationWebSocketFrame) {
      return Frame.CONTINUATION;
    }
    if (frame instanceof CloseWebSocketFrame) {
      return Frame.CLOSE;
    }
    return frame instanceof PingWebSocketFrame ? Frame.PING : Frame.PONG;
  }

  /** The decoder, or the socket, failed. */
  void failed(Throwable failure) {
    if (failure instanceof CorruptedWebSocketFrameException corrupt) {
      violated(corrupt.closeStatus().code(), String.valueOf(corrupt.getMessage()));
    } else {
      cause = failure;
      ctx.close();
    }
  }

  private void violated(int code, String message) {
    if (!over && violation == null) {
      violationCode = code;
      violation = message;
      give();
    }
  }

  /** The connection is closed. What it brought before is given first, if anybody asks. */
  void ended() {
    ended = true;
    if (arrived.isEmpty() && violation == null) {
      tellEnd();
    }
  }

  private void give() {
    if (giving) {
      return;
    }
    giving = true;
    try {
      boolean more = true;
      while (more) {
        more = wanted && !told && giveOne();
      }
    } finally {
      giving = false;
    }
    if (wanted && !told) {
      if (ended) {
        tellEnd();
      } else {
        ctx.read();
      }
    }
  }

  private boolean giveOne() {
    Frame next = arrived.poll();
    if (next != null) {
      wanted = false;
      events.frame(next);
      return true;
    }
    String message = violation;
    if (message != null) {
      wanted = false;
      violation = null;
      over = true;
      events.violated(violationCode, message);
    }
    return false;
  }

  private void tellEnd() {
    if (!told) {
      told = true;
      events.ended(cause);
    }
  }
}
