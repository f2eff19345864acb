package org.sessionregistry.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;
import org.sessionregistry.connector.Route;
import org.sessionregistry.connector.TlsAlert;
import org.sessionregistry.egress.ProxyServer;
import org.sessionregistry.settings.HttpVersionPreference;

/**
 * What stands on a socket: TLS, and above it the version of HTTP that {@code http-version} names or
 * that ALPN finds (RFC 7301). What happens before there is a listener is told to it when it comes.
 * Confined to the event loop.
 */
final class Wire {
  /** Hears how it goes: opened, or unfit; then capacities. */
  interface Listener {
    /** Exchanges may begin. */
    void ready(NettyConnection connection, int capacity);

    /** As {@link org.sessionregistry.connector.Dialer.Listener#capacity}. */
    void capacity(int capacity);

    /** There will be no connection; the socket is for the listener to close. */
    void unfit(DialFailure failure);
  }

  private static final String H2 = "h2";
  private static final String HTTP_1_1 = "http/1.1";

  /** How long a peer that does not read may delay the end of its connection. */
  private static final long GOODBYE_MILLIS = 200;

  private final DialContext context;
  private final Way way;
  private final Route route;
  private final Trust trust;
  private final CompletableFuture<Optional<DialFailure>> reached = new CompletableFuture<>();
  private @Nullable SslHandler tls;
  private @Nullable Listener listener;
  private @Nullable NettyConnection connection;
  private @Nullable DialFailure failure;
  private int capacity;
  private boolean told;

  /**
   * What will stand on one socket.
   *
   * @param trust for TLS
   */
  Wire(DialContext context, Way way, Trust trust) {
    this.context = context;
    this.way = way;
    this.route = way.route();
    this.trust = trust;
  }

  /** Fills the pipeline of a socket that is about to be connected. */
  void fill(Channel opened) {
    ProxyServer proxy = way.proxy().orElse(null);
    if (proxy == null || !(way.tunnels() || proxy.secure())) {
      reach(opened);
      return;
    }
    SSLContext ofProxy = trust.proxy();
    way.secureProxy()
        .filter(secure -> ofProxy != null)
        .ifPresent(
            secure -> {
              SSLEngine engine =
                  context.proxyTls().engine(Objects.requireNonNull(ofProxy), secure, List.of());
              opened.pipeline().addLast(handler(engine, Duration.ZERO));
            });
    int mostHeaderBytes = (int) context.limits().responseHeaders().bytes();
    opened.pipeline().addLast(Tunnel.of(way, proxy, mostHeaderBytes, new Reaching(opened)));
  }

  /** How it goes with the proxy. */
  private final class Reaching implements Tunnel.Outcome {
    private final Channel opened;

    Reaching(Channel opened) {
      this.opened = opened;
    }

    @Override
    public void open() {
      reach(opened);
    }

    @Override
    public void failed(DialFailure failure) {
      reached.complete(Optional.of(failure));
    }
  }

  /**
   * Done when what is sent gets to the server, or to the proxy that forwards it; or why not. Before
   * the socket is connected if nobody is on the way.
   */
  CompletableFuture<Optional<DialFailure>> reached() {
    return reached;
  }

  /** TLS with the server; null when there is none, or nothing can be said to it yet. */
  @Nullable SslHandler tls() {
    return tls;
  }

  private void reach(Channel opened) {
    speak(opened);
    reached.complete(Optional.empty());
  }

  private static SslHandler handler(SSLEngine engine, Duration limit) {
    SslHandler handler = new SslHandler(engine);
    handler.setCloseNotifyFlushTimeoutMillis(GOODBYE_MILLIS);
    handler.setHandshakeTimeoutMillis(limit.toMillis());
    return handler;
  }

  /** Adds what speaks with the server. */
  private void speak(Channel opened) {
    SSLContext trusted = trust.server();
    if (trusted != null) {
      SslHandler handler =
          handler(
              context.tls().engine(trusted, route, offered()), context.timeout().tlsHandshake());
      tls = handler;
      opened.pipeline().addLast(handler);
      if (context.httpVersion() != HttpVersionPreference.HTTP_1_1 && !route.isWebSocket()) {
        opened.pipeline().addLast(new Choice(handler));
        return;
      }
    } else if (context.httpVersion() == HttpVersionPreference.HTTP_2) {
      speakHttp2(opened);
      return;
    }
    if (route.isWebSocket()) {
      speakWebSocket(opened);
    } else {
      speakHttp1(opened);
    }
  }

  private List<String> offered() {
    return switch (context.httpVersion()) {
      case AUTO -> route.isWebSocket() ? List.of(HTTP_1_1) : List.of(H2, HTTP_1_1);
      case HTTP_2 -> List.of(H2);
      case HTTP_1_1 -> List.of();
    };
  }

  /** Stands in for the protocol until the handshake has chosen it. */
  private final class Choice extends ChannelInboundHandlerAdapter {
    private final SslHandler tls;

    Choice(SslHandler tls) {
      this.tls = tls;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent end && end.isSuccess()) {
        String chosen = tls.engine().getApplicationProtocol();
        if (H2.equals(chosen)) {
          speakHttp2(ctx.channel());
        } else if (context.httpVersion() == HttpVersionPreference.HTTP_2) {
          String why = notHttp2("it did not choose it in the TLS handshake (ALPN)");
          fail(new DialFailure(Kind.TLS_FAILED, why, null));
          return;
        } else {
          speakHttp1(ctx.channel());
        }
        ctx.pipeline().remove(this);
      } else {
        ctx.fireUserEventTriggered(event);
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
      ctx.close(); // whoever waits for the handshake hears why
    }
  }

  private void speakHttp1(Channel opened) {
    Http1Connection http1 = new Http1Connection(way.forwarding());
    opened
        .pipeline()
        .addLast(
            new Http1Codec.Arrival(http1),
            Http1Codec.create((int) context.limits().responseHeaders().bytes()),
            http1);
    connection = http1;
    capacity(1);
  }

  private void speakWebSocket(Channel opened) {
    WebSocketChannel webSocket = new WebSocketChannel();
    webSocket.fill(opened.pipeline(), (int) context.limits().responseHeaders().bytes());
    connection = webSocket;
    capacity(1);
  }

  private void speakHttp2(Channel opened) {
    Http2Connection http2 =
        new Http2Connection(
            context,
            route,
            new Http2Connection.Listener() {
              @Override
              public void capacity(int capacity) {
                Wire.this.capacity(capacity);
              }

              @Override
              public void unfit(String why, @Nullable Throwable cause) {
                fail(
                    cause != null && TlsAlert.in(cause).isPresent()
                        ? HandshakeFailure.of(route.authority(), cause)
                        : new DialFailure(Kind.CONNECT_FAILED, notHttp2(why), cause));
              }
            });
    connection = http2;
    opened.pipeline().addLast(http2.codec());
  }

  /** What to say of a peer that was asked for HTTP/2. */
  String notHttp2(String why) {
    return route.authority()
        + " does not speak HTTP/2 (http-version="
        + context.httpVersion()
        + "): "
        + why;
  }

  private void capacity(int now) {
    capacity = now;
    tell();
  }

  private void fail(DialFailure why) {
    failure = why;
    tell();
  }

  /** From now on somebody listens. */
  void tell(Listener to) {
    listener = to;
    tell();
  }

  private void tell() {
    Listener to = listener;
    NettyConnection ready = connection;
    if (to == null) {
      return;
    }
    if (failure != null) {
      to.unfit(failure);
    } else if (told) {
      to.capacity(capacity);
    } else if (ready != null && capacity > 0) {
      told = true;
      to.ready(ready, capacity);
    }
  }
}
