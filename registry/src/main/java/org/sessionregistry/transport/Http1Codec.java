package org.sessionregistry.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;

/**
 * Netty's HTTP/1.1 codec, and before it a handler that tells the connection that bytes have come
 * in: whether an unanswered request may be sent again depends on it. Confined to the event loop.
 */
final class Http1Codec {
  private static final int MAX_CHUNK = 64 * 1024;
  private static final int MAX_STATUS_LINE = 8 * 1024;

  private Http1Codec() {}

  static HttpClientCodec create(int maxHeaderBytes) {
    return new HttpClientCodec(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_STATUS_LINE)
            .setMaxHeaderSize(maxHeaderBytes)
            .setMaxChunkSize(MAX_CHUNK),
        false,
        false);
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
