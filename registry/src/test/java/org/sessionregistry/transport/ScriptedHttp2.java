package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2FrameReader;
import io.netty.handler.codec.http2.Http2FrameWriter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A peer on the loopback that reads and writes frames and knows nothing of streams, windows or
 * order: the test's thread says what it sends, and takes what has come in. It accepts one
 * connection after the other; the last one is meant.
 */
final class ScriptedHttp2 implements AutoCloseable {
  /** What came in; of a frame without one of these, it is empty. */
  record Frame(
      String type, int stream, boolean end, long code, int length, @Nullable Http2Headers head) {}

  private final EventLoopGroup loop = group();
  private final Channel listening;
  private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
  private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
  private @Nullable Channel channel;

  @SuppressWarnings("deprecation") // its successor in Netty 4.2 does not exist in 4.1
  private static EventLoopGroup group() {
    return new NioEventLoopGroup(1);
  }

  ScriptedHttp2() throws Exception {
    listening =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opened.pipeline().addLast(new Reading(frames));
                    open.add(opened);
                    accepted.add(opened);
                  }
                })
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  int port() {
    return ((InetSocketAddress) listening.localAddress()).getPort();
  }

  // ---- what comes in -------------------------------------------------------------------------

  /** The next connection. */
  void accept() throws Exception {
    channel = accepted.poll(10, TimeUnit.SECONDS);
    assertThat(channel).as("a connection").isNotNull();
  }

  /** The next frame of a type; others before it are passed over. */
  Frame next(String type) throws Exception {
    while (true) {
      Frame frame = frames.poll(10, TimeUnit.SECONDS);
      assertThat(frame).as("a frame " + type).isNotNull();
      if (frame.type.equals(type)) {
        return frame;
      }
    }
  }

  /** What has come in and was not taken. */
  List<Frame> left() {
    return List.copyOf(frames);
  }

  /** Waits until the client has read all that was sent, and takes what it has sent before. */
  void settle() throws Exception {
    ping(4711);
    while (next("PING ACK").code != 4711) {
      continue;
    }
  }

  // ---- what goes out -------------------------------------------------------------------------

  /** One who writes. */
  interface Writing {
    void write(Http2FrameWriter out, ChannelHandlerContext ctx) throws Exception;
  }

  void send(Writing writing) throws Exception {
    Channel mine = channel;
    assertThat(mine).as("accepted").isNotNull();
    mine.eventLoop()
        .submit(
            () -> {
              Reading reading = mine.pipeline().get(Reading.class);
              ChannelHandlerContext ctx = mine.pipeline().context(Reading.class);
              writing.write(reading.out, ctx);
              ctx.flush();
              return null;
            })
        .get(10, TimeUnit.SECONDS);
  }

  void raw(String bytes) throws Exception {
    send(
        (out, ctx) ->
            ctx.write(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1), ctx.newPromise()));
  }

  /** The greeting that every connection needs. */
  void greet(Http2Settings settings) throws Exception {
    accept();
    settings(settings);
    send((out, ctx) -> out.writeSettingsAck(ctx, ctx.newPromise()));
  }

  void settings(Http2Settings settings) throws Exception {
    send((out, ctx) -> out.writeSettings(ctx, settings, ctx.newPromise()));
  }

  void head(int stream, boolean end, String... fields) throws Exception {
    Http2Headers head = new DefaultHttp2Headers(false);
    for (int i = 0; i < fields.length; i += 2) {
      head.add(fields[i], fields[i + 1]);
    }
    send((out, ctx) -> out.writeHeaders(ctx, stream, head, 0, end, ctx.newPromise()));
  }

  void data(int stream, int length, boolean end) throws Exception {
    send(
        (out, ctx) ->
            out.writeData(
                ctx, stream, Unpooled.wrappedBuffer(new byte[length]), 0, end, ctx.newPromise()));
  }

  void reset(int stream, Http2Error code) throws Exception {
    send((out, ctx) -> out.writeRstStream(ctx, stream, code.code(), ctx.newPromise()));
  }

  void goAway(int last, Http2Error code, String debug) throws Exception {
    ByteBuf said = Unpooled.copiedBuffer(debug, StandardCharsets.US_ASCII);
    send((out, ctx) -> out.writeGoAway(ctx, last, code.code(), said, ctx.newPromise()));
  }

  void window(int stream, int increment) throws Exception {
    send((out, ctx) -> out.writeWindowUpdate(ctx, stream, increment, ctx.newPromise()));
  }

  void ping(long payload) throws Exception {
    send((out, ctx) -> out.writePing(ctx, false, payload, ctx.newPromise()));
  }

  void pong(long payload) throws Exception {
    send((out, ctx) -> out.writePing(ctx, true, payload, ctx.newPromise()));
  }

  /** Closes the connection. */
  void hangUp() throws Exception {
    Channel mine = channel;
    assertThat(mine).as("accepted").isNotNull();
    mine.close().sync();
  }

  /** Waits until the client has closed the connection. */
  void awaitClosed() throws Exception {
    Channel mine = channel;
    assertThat(mine).as("accepted").isNotNull();
    assertThat(mine.closeFuture().await(10, TimeUnit.SECONDS)).as("closed").isTrue();
  }

  @Override
  public void close() throws Exception {
    listening.close().sync();
    open.close().sync();
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
  }

  /** Records frames. */
  private static final class Reading extends ByteToMessageDecoder {
    private final Http2FrameReader in = new DefaultHttp2FrameReader();
    private final Http2FrameWriter out = new DefaultHttp2FrameWriter();
    private final BlockingQueue<Frame> frames;
    private boolean greeted;

    Reading(BlockingQueue<Frame> frames) {
      this.frames = frames;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf bytes, List<Object> unused)
        throws Exception {
      if (!greeted) {
        int length = Http2CodecUtil.connectionPrefaceBuf().readableBytes();
        if (bytes.readableBytes() < length) {
          return;
        }
        bytes.skipBytes(length);
        greeted = true;
      }
      in.readFrame(ctx, bytes, new Recording());
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
      in.close();
      out.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close(); // the client has reset the connection
    }

    private final class Recording extends Http2FrameAdapter {
      private void add(
          String type, int stream, boolean end, long code, int length, @Nullable Http2Headers h) {
        frames.add(new Frame(type, stream, end, code, length, h));
      }

      @Override
      public void onHeadersRead(
          ChannelHandlerContext ctx, int id, Http2Headers head, int padding, boolean end) {
        add("HEADERS", id, end, 0, 0, head);
      }

      @Override
      public void onHeadersRead(
          ChannelHandlerContext ctx,
          int id,
          Http2Headers head,
          int dependency,
          short weight,
          boolean exclusive,
          int padding,
          boolean end) {
        add("HEADERS", id, end, 0, 0, head);
      }

      @Override
      public int onDataRead(
          ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean end) {
        add("DATA", id, end, 0, data.readableBytes(), null);
        return data.readableBytes() + padding;
      }

      @Override
      public void onRstStreamRead(ChannelHandlerContext ctx, int id, long code) {
        add("RST_STREAM", id, false, code, 0, null);
      }

      @Override
      public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) {
        add("SETTINGS " + settings, 0, false, 0, 0, null);
      }

      @Override
      public void onPingRead(ChannelHandlerContext ctx, long data) {
        add("PING", 0, false, data, 0, null);
      }

      @Override
      public void onPingAckRead(ChannelHandlerContext ctx, long data) {
        add("PING ACK", 0, false, data, 0, null);
      }

      @Override
      public void onGoAwayRead(ChannelHandlerContext ctx, int last, long code, ByteBuf debug) {
        add("GOAWAY", last, false, code, 0, null);
      }

      @Override
      public void onWindowUpdateRead(ChannelHandlerContext ctx, int id, int increment) {
        add("WINDOW_UPDATE", id, false, 0, increment, null);
      }
    }
  }
}
