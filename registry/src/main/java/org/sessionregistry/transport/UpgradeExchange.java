package org.sessionregistry.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.util.ReferenceCountUtil;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.ExchangeEvents.WireFailure;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;
import org.sessionregistry.connector.OutgoingRequest;

/**
 * The one exchange of HTTP/1.1 that comes before a WebSocket: a request without a body, and its
 * answer. With 101 it makes way, together with Netty's codec; after any other answer, and after any
 * failure, it closes the connection. Confined to the event loop.
 */
final class UpgradeExchange extends ChannelInboundHandlerAdapter {
  private static final int MAX_STATUS_LINE = 8 * 1024;
  private static final int MAX_CHUNK = 8 * 1024;

  private final HttpRequestEncoder encoder = new HttpRequestEncoder();
  private final HttpResponseDecoder decoder;
  private @Nullable ChannelHandlerContext context;
  private @Nullable ExchangeEvents events;
  private boolean begun;
  private boolean bytesIn;
  private boolean headIn;

  UpgradeExchange(int maxHeaderBytes) {
    decoder =
        new HttpResponseDecoder(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(MAX_STATUS_LINE)
                .setMaxHeaderSize(maxHeaderBytes)
                .setMaxChunkSize(MAX_CHUNK)) {
          /** What follows a 101 are frames, however the peer has called it. */
          @Override
          protected boolean isContentAlwaysEmpty(HttpMessage message) {
            return (message instanceof HttpResponse response && response.status().code() == 101)
                || super.isContentAlwaysEmpty(message);
          }
        };
  }

  void fill(ChannelPipeline pipeline) {
    pipeline.addLast(encoder, new Arrival(), decoder, this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  private ChannelHandlerContext ctx() {
    ChannelHandlerContext mine = context;
    if (mine == null) {
      throw new IllegalStateException("the exchange stands in no pipeline");
    }
    return mine;
  }

  boolean isOver() {
    return begun && events == null;
  }

  boolean serves(ExchangeEvents exchange) {
    return events == exchange;
  }

  void begin(OutgoingRequest request, ExchangeEvents to) {
    begun = true;
    if (!ctx().channel().isActive()) {
      to.failed(new WireFailure(Kind.NOT_SENT, "the connection was closed", null));
      return;
    }
    events = to;
    new Http1Sink(ctx(), ctx().pipeline().context(encoder))
        .whole(request, Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                lost(written.cause());
              } else if (events == to) {
                to.requestSent();
              }
            });
  }

  /** Leaves the pipeline to frames; what came after the answer is theirs. */
  void makeWayFor(ChannelHandler frames) {
    events = null;
    ChannelPipeline pipeline = ctx().pipeline();
    pipeline.addAfter(ctx().name(), null, frames);
    pipeline.remove(encoder);
    pipeline.remove(Arrival.class);
    pipeline.remove(this);
    pipeline.remove(decoder);
  }

  /** Whoever asked is not interested any more. */
  void giveUp() {
    fail(Kind.DISCARDED, "given up", null);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    ExchangeEvents to = events;
    try {
      if (to == null) {
        ctx.close(); // nobody asked
      } else if (!(msg instanceof HttpObject part)) {
        fail(Kind.INVALID, "not HTTP", null);
      } else if (part.decoderResult().isFailure()) {
        failDecoding(part.decoderResult().cause());
      } else {
        read(part, to);
      }
    } finally {
      ReferenceCountUtil.release(msg);
    }
  }

  private void read(HttpObject part, ExchangeEvents to) {
    if (part instanceof HttpResponse response) {
      head(response, to);
    }
    if (headIn && events == to && part instanceof HttpContent content) {
      if (content.content().isReadable()) {
        to.data(ByteBufUtil.getBytes(content.content()));
      }
      if (content instanceof LastHttpContent && events == to) {
        events = null;
        ctx().close();
        to.ended(0);
      }
    }
  }

  private void head(HttpResponse response, ExchangeEvents to) {
    int status = response.status().code();
    boolean interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (interim && status != 101) {
      return;
    }
    headIn = true;
    String[] fields = new String[2 * response.headers().size()];
    Iterator<Map.Entry<CharSequence, CharSequence>> each =
        response.headers().iteratorCharSequence();
    for (int i = 0; each.hasNext(); i += 2) {
      Map.Entry<CharSequence, CharSequence> field = each.next();
      fields[i] = field.getKey().toString();
      fields[i + 1] = field.getValue().toString();
    }
    to.head(response.protocolVersion().text(), status, response.status().reasonPhrase(), fields);
  }

  private void failDecoding(Throwable failure) {
    if (failure instanceof TooLongHttpHeaderException) {
      fail(Kind.HEADERS_TOO_LARGE, "the header fields are larger than allowed", failure);
    } else {
      fail(Kind.INVALID, "not a valid HTTP/1.1 response: " + failure, failure);
    }
  }

  /** The connection ended or is unusable. */
  void lost(@Nullable Throwable cause) {
    if (headIn) {
      fail(Kind.TRUNCATED, "the connection was closed within the answer", cause);
    } else if (bytesIn) {
      fail(Kind.CLOSED_EARLY, "the connection was closed within the answer's head", cause);
    } else {
      fail(Kind.CLOSED_UNANSWERED, "the connection was closed before any answer", cause);
    }
  }

  private void fail(Kind kind, String message, @Nullable Throwable cause) {
    ExchangeEvents to = events;
    events = null;
    ctx().close();
    if (to != null) {
      to.failed(new WireFailure(kind, message, cause));
    }
  }

  /** Notices the first bytes, before they are decoded. */
  private final class Arrival extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
      bytesIn = true;
      ctx.fireChannelRead(msg);
    }
  }
}
