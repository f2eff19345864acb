package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.sessionregistry.connector.OutgoingRequest;

/**
 * Requests of HTTP/1.1, one after the other, as the codec takes them. Confined to the event loop.
 */
final class Http1Sink implements RequestSink {
  /** What of a body is copied behind its head. */
  private static final int SMALL = 4 * 1024;

  private final ChannelHandlerContext context;
  private final ChannelHandlerContext encoder;

  /**
   * The end of a pipeline.
   *
   * @param context of the handler that sends
   * @param encoder of Netty's encoder, which what is encoded already goes past
   */
  Http1Sink(ChannelHandlerContext context, ChannelHandlerContext encoder) {
    this.context = context;
    this.encoder = encoder;
  }

  @Override
  public EventExecutor executor() {
    return context.executor();
  }

  @Override
  public boolean takesMore() {
    return context.channel().isWritable();
  }

  @Override
  public Future<?> whole(OutgoingRequest request, ByteBuf body) {
    if (body.readableBytes() <= SMALL) {
      return encoder.writeAndFlush(Http1Head.encode(encoder.alloc(), request, body));
    }
    encoder.write(Http1Head.encode(encoder.alloc(), request, Unpooled.EMPTY_BUFFER));
    return encoder.writeAndFlush(body);
  }

  @Override
  public Future<?> head(OutgoingRequest request) {
    return context.writeAndFlush(
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.valueOf(request.method()),
            request.target(),
            headers(request)));
  }

  private static HttpHeaders headers(OutgoingRequest request) {
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    String[] fields = request.headers();
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    return headers;
  }

  @Override
  public Future<?> part(ByteBuf bytes) {
    return context.writeAndFlush(new DefaultHttpContent(bytes));
  }

  @Override
  public Future<?> end(String[] trailers) {
    if (trailers.length == 0) {
      return context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }
    LastHttpContent last =
        new DefaultLastHttpContent(
            Unpooled.EMPTY_BUFFER,
            DefaultHttpHeadersFactory.trailersFactory().withValidation(false));
    for (int i = 0; i < trailers.length; i += 2) {
      last.trailingHeaders().add(trailers[i], trailers[i + 1]);
    }
    return context.writeAndFlush(last);
  }
}
