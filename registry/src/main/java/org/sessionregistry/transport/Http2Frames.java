package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;

/**
 * Hands each frame to the exchange of its stream, or to the connection. What the receiver of one
 * exchange throws ends that exchange and no other. Confined to the event loop.
 */
final class Http2Frames extends Http2FrameAdapter {
  private final Http2Connection connection;

  Http2Frames(Http2Connection connection) {
    this.connection = connection;
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int streamDependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endOfStream) {
    onHeadersRead(ctx, streamId, headers, padding, endOfStream);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext ctx,
      int streamId,
      Http2Headers headers,
      int padding,
      boolean endOfStream) {
    Http2Exchange exchange = exchange(streamId);
    if (exchange != null) {
      try {
        exchange.head(headers, endOfStream);
      } catch (RuntimeException e) {
        notReceived(exchange, e);
      }
    }
  }

  @Override
  public int onDataRead(
      ChannelHandlerContext ctx, int streamId, ByteBuf data, int padding, boolean endOfStream) {
    Http2Exchange exchange = exchange(streamId);
    if (exchange != null) {
      try {
        return exchange.data(data, padding, endOfStream);
      } catch (RuntimeException e) {
        notReceived(exchange, e);
      }
    }
    return data.readableBytes() + padding;
  }

  private static void notReceived(Http2Exchange exchange, RuntimeException e) {
    exchange.reset(
        Http2Error.INTERNAL_ERROR, Kind.TRUNCATED, "the response was not received: " + e, e);
  }

  @Override
  public void onRstStreamRead(ChannelHandlerContext ctx, int streamId, long errorCode) {
    Http2Exchange exchange = exchange(streamId);
    if (exchange != null) {
      exchange.resetByPeer(errorCode);
    }
  }

  @Override
  public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
    connection.settingsChanged();
  }

  @Override
  public void onGoAwayRead(
      ChannelHandlerContext ctx, int lastStreamId, long errorCode, ByteBuf debugData) {
    connection.peerGoesAway(lastStreamId, Http2Errors.goAway(errorCode, debugData));
  }

  private @Nullable Http2Exchange exchange(int streamId) {
    return connection.codec().exchange(streamId);
  }
}
