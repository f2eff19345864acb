package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.util.AsciiString;
import java.util.List;

/**
 * Netty's HTTP/1.1 encoder and decoder, and before them a handler that tells the connection that
 * bytes have come in: whether an unanswered request may be sent again depends on it. Confined to
 * the event loop.
 */
final class Http1Codec
    extends CombinedChannelDuplexHandler<Http1Codec.Decoder, HttpRequestEncoder> {
  private static final HeadWords WORDS = new HeadWords();
  private static final int MAX_CHUNK = 64 * 1024;
  private static final int MAX_STATUS_LINE = 8 * 1024;

  private final Decoder decoder;

  private Http1Codec(Decoder decoder) {
    super(decoder, new HttpRequestEncoder());
    this.decoder = decoder;
  }

  static Http1Codec create(int maxHeaderBytes) {
    return new Http1Codec(
        new Decoder(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_STATUS_LINE)
                .setMaxHeaderSize(maxHeaderBytes)
                .setMaxChunkSize(MAX_CHUNK)));
  }

  /** The next response answers this method. */
  void expectAnswerTo(String method) {
    decoder.expecting = true;
    decoder.toHead = method.equals("HEAD");
  }

  /** The response is complete: what comes now, answers nobody. */
  void answered() {
    decoder.expecting = false;
  }

  /** Whether bytes came that no request asked for; they were thrown away. */
  boolean hasUnsolicited() {
    return decoder.unsolicited;
  }

  /**
   * Decodes only while an answer is expected, so that not even the begin of a message is kept that
   * would mix with the next answer. The response to HEAD has no body (RFC 9112 section 6.3).
   */
  static final class Decoder extends HttpResponseDecoder {
    private boolean expecting;
    private boolean toHead;
    private boolean unsolicited;

    private Decoder(HttpDecoderConfig config) {
      super(config);
    }

    @Override
    protected AsciiString splitHeaderName(byte[] line, int start, int length) {
      return WORDS.of(line, start, length);
    }

    @Override
    protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
      return WORDS.of(line, start, length).toString();
    }

    @Override
    protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
      return WORDS.of(line, start, length).toString();
    }

    @Override
    protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
      return WORDS.of(line, start, length).toString();
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
      boolean interim =
          message instanceof HttpResponse response
              && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
      return (toHead && !interim) || super.isContentAlwaysEmpty(message);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
        throws Exception {
      if (expecting || !in.isReadable()) {
        super.decode(ctx, in, out);
      } else {
        unsolicited = true;
        in.skipBytes(in.readableBytes());
      }
    }
  }

  /** Stands before the codec. */
  static final class Arrival extends ChannelInboundHandlerAdapter {
    private final Http1Connection connection;

    Arrival(Http1Connection connection) {
      this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      connection.bytesCameIn();
      ctx.fireChannelRead(msg);
    }
  }
}
