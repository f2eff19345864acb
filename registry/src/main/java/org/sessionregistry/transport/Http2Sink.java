package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.sessionregistry.connector.OutgoingRequest;

/**
 * One request, as a stream of HTTP/2 takes it: what the peer's windows have no room for waits in
 * Netty's flow controller, and while anything does, no more is taken. Confined to the event loop.
 */
final class Http2Sink implements RequestSink {
  private final Http2Codec codec;
  private final Http2Fields fields;
  private final Http2Stream stream;

  Http2Sink(Http2Codec codec, Http2Fields fields, Http2Stream stream) {
    this.codec = codec;
    this.fields = fields;
    this.stream = stream;
  }

  @Override
  public EventExecutor executor() {
    return codec.context().executor();
  }

  @Override
  public boolean takesMore() {
    return codec.encoder().flowController().isWritable(stream);
  }

  @Override
  public Future<?> whole(OutgoingRequest request, ByteBuf body) {
    if (body.isReadable()) {
      head(request);
      return data(body, true);
    }
    body.release();
    return head(request, true);
  }

  @Override
  public Future<?> head(OutgoingRequest request) {
    return head(request, false);
  }

  @Override
  public Future<?> part(ByteBuf bytes) {
    return data(bytes, false);
  }

  @Override
  public Future<?> end(String[] trailers) {
    return trailers.length == 0
        ? data(Unpooled.EMPTY_BUFFER, true)
        : headers(fields.ofTrailers(trailers), true); // it waits for the data before it
  }

  private Future<?> head(OutgoingRequest request, boolean end) {
    return headers(fields.of(request), end);
  }

  private Future<?> headers(Http2Headers head, boolean end) {
    codec.flushSoon();
    return codec
        .encoder()
        .writeHeaders(codec.context(), stream.id(), head, 0, end, codec.context().newPromise());
  }

  private Future<?> data(ByteBuf bytes, boolean end) {
    codec.flushSoon();
    return codec
        .encoder()
        .writeData(codec.context(), stream.id(), bytes, 0, end, codec.context().newPromise());
  }
}
