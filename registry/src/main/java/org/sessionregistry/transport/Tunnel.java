package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;
import org.sessionregistry.connector.Route;
import org.sessionregistry.egress.ProxyServer;

/**
 * What is said to a proxy until it has opened the way to the server. It stands last in the pipeline
 * and starts as soon as the proxy can be spoken to; when the way is open, it makes place for what
 * speaks with the server, and hands over the bytes that came behind the proxy's answer. The rule:
 * somebody is told exactly once. Time is limited by the {@link DialAttempt}. Confined to the event
 * loop.
 */
abstract class Tunnel extends ByteToMessageDecoder {
  /** Hears how it ends. */
  interface Outcome {
    /** The way is open: now is the time to add what comes behind. */
    void open();

    /** There is no way; the socket is for the listener to close. */
    void failed(DialFailure failure);
  }

  final Way way;
  final ProxyServer proxy;
  private final Outcome outcome;
  private boolean begun;
  private boolean over;

  Tunnel(Way way, ProxyServer proxy, Outcome outcome) {
    this.way = way;
    this.proxy = proxy;
    this.outcome = outcome;
  }

  static Tunnel of(Way way, ProxyServer proxy, int mostHeaderBytes, Outcome outcome) {
    if (!way.tunnels()) {
      return new SecureProxy(way, proxy, outcome);
    }
    return proxy.kind() == ProxyServer.Kind.SOCKS5
        ? new SocksTunnel(way, proxy, outcome)
        : new ConnectTunnel(way, proxy, mostHeaderBytes, outcome);
  }

  /** Says the first thing. */
  abstract void begin(ChannelHandlerContext ctx);

  /** For messages: what it was doing. */
  abstract String step();

  private void beginOnce(ChannelHandlerContext ctx) {
    if (!begun && !over) {
      begun = true;
      begin(ctx);
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!proxy.secure()) {
      beginOnce(ctx);
    }
    ctx.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent end) {
      if (end.isSuccess()) {
        beginOnce(ctx);
      } else {
        fail(untrusted(HandshakeFailure.of("the proxy " + proxy, end.cause())));
      }
    } else if (event instanceof SslCloseCompletionEvent) {
      closed(null);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /**
   * What is said of servers would lead astray: their name and our certificate are no matter here.
   */
  private static DialFailure untrusted(DialFailure failure) {
    return switch (failure.kind()) {
      case TLS_WRONG_HOST ->
          new DialFailure(
              Kind.PROXY_CONNECT,
              failure.message() + "; proxy.url must have a host that it names",
              failure.cause());
      case TLS_CLIENT_CERTIFICATE ->
          new DialFailure(
              Kind.PROXY_CONNECT,
              failure.message() + "; no certificate is shown to proxies",
              failure.cause());
      default -> failure;
    };
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closed(null);
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
    closed(failure);
  }

  /** What is left when the peer closes is no answer. */
  @Override
  protected void decodeLast(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    in.skipBytes(in.readableBytes());
  }

  private void closed(@Nullable Throwable cause) {
    refuse("it closed the connection " + step(), cause);
  }

  /** The way is open. */
  final void succeed(ChannelHandlerContext ctx) {
    if (!over) {
      over = true;
      outcome.open();
      ctx.pipeline().remove(this);
    }
  }

  final void refuse(String answer, @Nullable Throwable cause) {
    Route route = way.route();
    fail(new DialFailure(Kind.PROXY_CONNECT, ProxyAnswers.refused(proxy, route, answer), cause));
  }

  final void refuseCredentials(String answer, List<String> challenges) {
    fail(
        new DialFailure(
            Kind.PROXY_AUTHENTICATION,
            ProxyAnswers.authentication(proxy, answer, challenges),
            null));
  }

  private void fail(DialFailure failure) {
    if (!over) {
      over = true;
      outcome.failed(failure);
    }
  }

  final boolean isOver() {
    return over;
  }

  /** A proxy that is asked for resources: nothing but its TLS has to be there. */
  private static final class SecureProxy extends Tunnel {
    SecureProxy(Way way, ProxyServer proxy, Outcome outcome) {
      super(way, proxy, outcome);
    }

    @Override
    void begin(ChannelHandlerContext ctx) {
      succeed(ctx);
    }

    @Override
    String step() {
      return "during the TLS handshake";
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
      refuse("it spoke before it was asked", null);
      in.skipBytes(in.readableBytes());
    }
  }
}
