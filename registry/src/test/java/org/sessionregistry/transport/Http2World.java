package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Settings;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.ExchangeEvents;
import org.sessionregistry.connector.OutgoingRequest;
import org.sessionregistry.connector.Route;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** A scripted peer, a dial to it, and what is heard of its connection and of exchanges. */
final class Http2World implements BeforeEachCallback, AfterEachCallback {
  final DialWorld dials = new DialWorld();
  ScriptedHttp2 peer;
  private final List<Heard> dialled = new ArrayList<>();

  /** Hears of a connection. */
  static final class Heard implements Dialer.Listener {
    final CompletableFuture<Connection> opened = new CompletableFuture<>();
    final CompletableFuture<DialFailure> failed = new CompletableFuture<>();
    final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final BlockingQueue<Integer> capacities = new LinkedBlockingQueue<>();

    @Override
    public void opened(Connection connection, int capacity) {
      capacities.add(capacity);
      opened.complete(connection);
    }

    @Override
    public void capacity(int capacity) {
      capacities.add(capacity);
    }

    @Override
    public void failed(DialFailure failure) {
      failed.complete(failure);
    }

    @Override
    public void closed() {
      closed.complete(null);
    }

    Connection connection() throws Exception {
      return opened.get(10, TimeUnit.SECONDS);
    }

    int capacity() throws Exception {
      Integer next = capacities.poll(10, TimeUnit.SECONDS);
      assertThat(next).as("a capacity").isNotNull();
      return next;
    }

    DialFailure failure() throws Exception {
      return failed.get(10, TimeUnit.SECONDS);
    }

    void awaitClosed() throws Exception {
      closed.get(10, TimeUnit.SECONDS);
    }
  }

  /** Hears of an exchange. */
  static final class Told implements ExchangeEvents {
    final CompletableFuture<Integer> head = new CompletableFuture<>();
    final CompletableFuture<Void> sent = new CompletableFuture<>();
    final CompletableFuture<Object> end = new CompletableFuture<>();
    private final BlockingQueue<Integer> parts = new LinkedBlockingQueue<>();
    final List<Integer> informational = new CopyOnWriteArrayList<>();
    volatile List<String> fields = List.of();
    volatile List<String> trailers = List.of();
    volatile String version = "";
    volatile long written;
    volatile boolean wantsMore = true;

    @Override
    public void written(long bytes) {
      written += bytes;
    }

    @Override
    public void requestSent() {
      sent.complete(null);
    }

    @Override
    public void head(String in, int status, String reason, String[] headers) {
      version = in;
      fields = List.of(headers);
      head.complete(status);
    }

    @Override
    public void informational(int status, String[] headers) {
      informational.add(status);
    }

    @Override
    public void trailers(String[] after) {
      trailers = List.of(after);
    }

    @Override
    public boolean data(byte[] bytes) {
      parts.add(bytes.length);
      return wantsMore;
    }

    @Override
    public void ended(long keepAliveNanos) {
      assertThat(end.complete("ended")).as("the first end").isTrue();
    }

    @Override
    public void failed(WireFailure failure) {
      assertThat(end.complete(failure)).as("the first end").isTrue();
    }

    int status() throws Exception {
      return head.get(10, TimeUnit.SECONDS);
    }

    /** The length of the next part of the body. */
    int part() throws Exception {
      Integer next = parts.poll(10, TimeUnit.SECONDS);
      assertThat(next).as("a part of the body").isNotNull();
      return next;
    }

    void awaitEnded() throws Exception {
      assertThat(end.get(10, TimeUnit.SECONDS)).isEqualTo("ended");
    }

    WireFailure failure() throws Exception {
      Object how = end.get(10, TimeUnit.SECONDS);
      assertThat(how).isInstanceOf(WireFailure.class);
      return (WireFailure) how;
    }
  }

  Heard dial(UnaryOperator<SessionSettingsBuilder> change) {
    Heard heard = new Heard();
    dialled.add(heard);
    dials
        .dialerOf(s -> change.apply(s.httpVersion(HttpVersionPreference.HTTP_2)))
        .dial(new Route("http", "127.0.0.1", peer.port()), heard);
    return heard;
  }

  /** A connection to a peer without wishes. */
  Heard open() throws Exception {
    return open(new Http2Settings());
  }

  Heard open(Http2Settings settings) throws Exception {
    Heard heard = dial(s -> s);
    peer.greet(settings);
    heard.connection();
    return heard;
  }

  static Told get(Connection connection) {
    return send(connection, request("GET", null, null, 0));
  }

  static Told send(Connection connection, OutgoingRequest request) {
    Told told = new Told();
    connection.exchange(request, told);
    return told;
  }

  static OutgoingRequest request(
      String method, byte[] bytes, Flow.Publisher<ByteBuffer> stream, long length, String... more) {
    List<String> fields = new ArrayList<>(List.of("Host", "peer.example", "User-Agent", "tests"));
    fields.addAll(List.of(more));
    return new OutgoingRequest(
        method, "/path?query", fields.toArray(String[]::new), bytes, stream, length);
  }

  @Override
  public void beforeEach(ExtensionContext test) throws Exception {
    dials.beforeEach(test);
    peer = new ScriptedHttp2();
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    peer.close();
    for (Heard heard : dialled) {
      if (heard.opened.isDone()) {
        heard.awaitClosed();
      }
    }
    dials.settle();
    assertThat(dials.time.pending()).as("timers left").isZero();
    dials.afterEach(test);
  }
}
