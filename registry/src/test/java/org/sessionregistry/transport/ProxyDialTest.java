package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;
import org.sessionregistry.connector.Route;
import org.sessionregistry.settings.HttpVersionPreference;

/** The time between the proxy's socket and the open way: its limit, its end, and no lost buffer. */
class ProxyDialTest {
  private static final byte[] CONNECTED = bytes("HTTP/1.1 200 Connection established\r\n\r\n");
  private static final byte[] SOCKS_METHOD = {5, 0};
  private static final byte[] SOCKS_CONNECTED = {5, 0, 0, 1, 0, 0, 0, 0, 0, 0};

  /** RFC 9113 section 6.5. */
  private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

  @RegisterExtension final DialWorld world = new DialWorld();
  private ServerSocket proxy;

  @BeforeEach
  void listen() throws IOException {
    proxy = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    proxy.setSoTimeout(10_000);
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
  }

  private Dialer.Dial dial(String scheme, DialWorld.Outcome outcome) {
    return world
        .dialerOf(
            s ->
                s.proxy(p -> p.withUrl(URI.create(scheme + "://127.0.0.1:" + proxy.getLocalPort())))
                    .httpVersion(HttpVersionPreference.HTTP_2)
                    .timeout(t -> t.withConnect(Duration.ofSeconds(3))))
        .dial(new Route("http", "a.test", 80), outcome);
  }

  /** What the proxy hears first. */
  private Socket accept(int bytes) throws IOException {
    Socket client = proxy.accept();
    client.setSoTimeout(10_000);
    client.getInputStream().readNBytes(bytes);
    return client;
  }

  private static int greeting(String scheme) {
    return scheme.equals("socks5") ? 3 : "CONNECT a.test:80 HTTP/1.1".length();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void aSilentProxyIsGivenUpAtTheLimitOfConnecting(String scheme) throws Exception {
    DialWorld.Outcome outcome = new DialWorld.Outcome();
    dial(scheme, outcome);
    try (Socket client = accept(greeting(scheme))) {
      world.settle();
      world.time.advance(Duration.ofMillis(2999));
      world.settle();
      assertThat(outcome.failed).isNotDone();
      world.time.advance(Duration.ofMillis(1));

      DialFailure failure = outcome.failure();
      assertThat(failure.kind()).isEqualTo(Kind.CONNECT_TIMEOUT);
      assertThat(failure.message()).contains("has not opened the way");
      client.getInputStream().readAllBytes(); // returns, because the socket is closed
    }
    assertThat(world.time.pending()).as("timers left").isZero();
  }

  @Test
  void whoGivesUpMeanwhileLeavesNoSocketBehind() throws Exception {
    DialWorld.Outcome outcome = new DialWorld.Outcome();
    Dialer.Dial dial = dial("http", outcome);
    try (Socket client = accept(greeting("http"))) {
      dial.abort();
      assertThat(outcome.failure().kind()).isEqualTo(Kind.ABORTED);
      client.getInputStream().readAllBytes();
    }
    world.settle();
    assertThat(world.time.pending()).as("timers left").isZero();
  }

  /** A server may speak as soon as the way is open: its bytes come with the proxy's answer. */
  @ParameterizedTest
  @ValueSource(strings = {"http", "socks5"})
  void bytesBehindTheProxysAnswerAreTheServers(String scheme) throws Exception {
    DialWorld.Outcome outcome = new DialWorld.Outcome(true);
    Dialer.Dial dial = dial(scheme, outcome);
    try (Socket client = accept(greeting(scheme))) {
      if (scheme.equals("socks5")) {
        client.getOutputStream().write(SOCKS_METHOD);
      }
      client
          .getOutputStream()
          .write(together(scheme.equals("socks5") ? SOCKS_CONNECTED : CONNECTED, EMPTY_SETTINGS));
      outcome.awaitOpened();
      assertThat(world.time.pending()).as("timers left").isZero();
      assertThat(dial.timing().connectNanos()).isNotNegative();
      outcome.close();
      client.getInputStream().readAllBytes();
    }
  }

  @Test
  void noBufferIsLostHoweverItEnds() throws Exception {
    Leaks.forget();
    for (int round = 0; round < 30; round++) {
      for (String scheme : new String[] {"http", "socks5"}) {
        ends(scheme, EMPTY_SETTINGS);
        ends(scheme, Arrays.copyOf(CONNECTED, 12));
        ends(scheme, bytes("HTTP/1.1 403 Forbidden\r\n\r\nwith a body"));
        ends(scheme, new byte[] {5, 0, 5, 4, 0, 1, 9, 9});
        ends(scheme, new byte[0]);
      }
    }
    assertThat(Leaks.found()).isEmpty();
  }

  private void ends(String scheme, byte[] answer) throws Exception {
    DialWorld.Outcome outcome = new DialWorld.Outcome();
    dial(scheme, outcome);
    try (Socket client = accept(greeting(scheme))) {
      client.getOutputStream().write(answer);
      client.shutdownOutput();
      outcome.failure();
      InputStream rest = client.getInputStream();
      rest.skip(rest.available());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] together(byte[] one, byte[] other) {
    byte[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }
}
