package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectTimeoutException;
import org.sessionregistry.ProxyAuthenticationException;
import org.sessionregistry.ProxyConnectException;
import org.sessionregistry.SessionException;
import org.sessionregistry.TlsFailedException;
import org.sessionregistry.servers.faults.ScriptedServer.Script;

/** Proxies that do what they should not: each ends in its exception, and in time. */
class ProxyFaultsTest {
  private static final String OPEN = "HTTP/1.1 200 Connection established\r\n\r\n";
  private static final byte[] SOCKS_OPEN = {5, 0, 5, 0, 0, 1, 127, 0, 0, 1, 0, 80};

  @RegisterExtension final Sessions sessions = new Sessions();

  private ClientSession behind(ScriptedServer proxy, String scheme, String target) {
    return sessions.open(
        target,
        s ->
            s.proxy(scheme + "://" + proxy.authority())
                .timeout(t -> t.withConnect(Duration.ofSeconds(5))));
  }

  private void assertFails(
      ClientSession session, Class<? extends SessionException> type, String... says)
      throws Exception {
    Failing.with(type, Sessions.whole(Sessions.get(session)), says);
  }

  // ---- CONNECT --------------------------------------------------------------------------------

  static Stream<Arguments> answers() {
    return Stream.of(
        says("HTTP/1.1 403 Forbidden\r\n\r\n", "HTTP/1.1 403 Forbidden"),
        says("HTTP/1.0 502 Bad Gateway\r\nContent-Length: 5\r\n\r\n", "502 Bad Gateway"),
        says("HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\n", "302 Found"),
        says("HTTP/1.1 101 Switching Protocols\r\n\r\n", "101 Switching Protocols"),
        says("HTTP/1.1 503\r\n\r\n", "HTTP/1.1 503"),
        says("HTTP/1.1 403 \u0007\u001b[31mred\r\n\r\n", "403 ??[31mred"),
        says("HTTP/1.1 99 X\r\n\r\n", "does not speak HTTP/1.1, but 'HTTP/1.1 99 X'"),
        says("HTTP/1.1 2000 X\r\n\r\n", "does not speak HTTP/1.1"),
        says("HTTP/1.1  200 OK\r\n\r\n", "does not speak HTTP/1.1"),
        says("SSH-2.0-OpenSSH_9.2\r\n", "it does not speak HTTP/1.1"),
        says("\r\n\r\n", "it does not speak HTTP/1.1"),
        says("HTTP/2 200\r\n\r\n", "it does not speak HTTP/1.1"));
  }

  private static Arguments says(String answer, String expected) {
    return Arguments.of(answer, expected);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("answers")
  void anAnswerThatIsNoSuccessIsShown(String answer, String expected) throws Exception {
    ScriptedServer proxy =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.send(answer);
            });
    assertFails(
        behind(proxy, "http", "https://a.test"),
        ProxyConnectException.class,
        "the proxy http://" + proxy.authority() + " opens no way to a.test:443: ",
        expected);
  }

  @Test
  void credentialsThatAreMissingAreAskedFor() throws Exception {
    ScriptedServer proxy =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.send(
                  "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: Digest realm=\"x\"\r\n"
                      + "proxy-authenticate: Negotiate\r\nContent-Length: 9999\r\n\r\n");
            });
    assertFails(
        behind(proxy, "http", "https://a.test"),
        ProxyAuthenticationException.class,
        "HTTP/1.1 407 Who are you (it takes Digest, Negotiate; Basic is spoken)");
  }

  @Test
  void a407ToAForwardedRequestIsNoResponse() throws Exception {
    ScriptedServer proxy =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.send(
                  "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=x\r\n"
                      + "Content-Length: 9999\r\n\r\n");
            });
    assertFails(
        behind(proxy, "http", "http://a.test"),
        ProxyAuthenticationException.class,
        "407 No (it takes Basic; Basic is spoken)");
  }

  @Test
  void aHugeHeadIsCutOff() throws Exception {
    ScriptedServer proxy =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 200 OK\r\n");
              String field = "X: " + "x".repeat(8000) + "\r\n";
              for (int i = 0; i < 1000; i++) {
                peer.send(field);
              }
            });
    assertFails(
        behind(proxy, "http", "https://a.test"),
        ProxyConnectException.class,
        "larger than limits.response-headers");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 100 Continue\r\n\r\n"})
  void aProxyThatClosesInTheMiddleHasNotAnswered(String part) throws Exception {
    ScriptedServer proxy =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.send(part);
              peer.close();
            });
    assertFails(
        behind(proxy, "http", "https://a.test"),
        ProxyConnectException.class,
        "it closed the connection before it had answered");
  }

  static Stream<Arguments> stalls() {
    return Stream.of(
        Arguments.of("http", (Script) ScriptedServerPeers::readAndStall),
        Arguments.of("https", (Script) ScriptedServerPeers::stall),
        Arguments.of("socks5", (Script) ScriptedServerPeers::stall));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("stalls")
  void aProxyThatStallsRunsIntoTheLimitOfConnecting(String scheme, Script script) throws Exception {
    ScriptedServer proxy = sessions.server(script);
    ClientSession session =
        sessions.open(
            "https://a.test",
            s ->
                s.proxy(scheme + "://" + proxy.authority())
                    .timeout(t -> t.withConnect(Duration.ofMillis(150))));
    assertFails(
        session,
        ConnectTimeoutException.class,
        "the proxy " + scheme + "://" + proxy.authority() + " for https://a.test has not opened",
        "client-session.faulty.timeout.connect=150ms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        OPEN,
        "HTTP/1.1 200\r\nContent-Length: 100\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.0 204 Fine\n\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Wait\r\n\r\nHTTP/1.1 201 Done\r\n\r\n"
      })
  void anySuccessOpensTheWayWhateverItSaysOfABody(String answer, @TempDir Path directory)
      throws Exception {
    TlsIdentity identity = TlsIdentity.make();
    Path trusted = identity.pem(directory);
    ScriptedServer proxy =
        sessions.server(
            peer -> {
              assertThat(peer.readHead())
                  .isEqualTo("CONNECT 127.0.0.1:443 HTTP/1.1\nHost: 127.0.0.1:443\n");
              for (char c : answer.toCharArray()) {
                peer.send(Character.toString(c));
              }
              peer.secure(identity.server());
              peer.answerAll(Answers.OK);
            });
    ClientSession session =
        sessions.open(
            "https://127.0.0.1",
            s -> s.proxy("http://" + proxy.authority()).tls(t -> t.withTrustPem(trusted)));
    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");
  }

  @Test
  void aCloseAfterTheTunnelIsTheServers() throws Exception {
    ScriptedServer proxy =
        sessions.server(
            peer -> {
              peer.readHead();
              peer.send(OPEN);
              peer.close();
            });
    assertFails(
        behind(proxy, "http", "https://a.test"),
        TlsFailedException.class,
        "a.test closed the connection during the TLS handshake");
  }

  // ---- SOCKS 5 --------------------------------------------------------------------------------

  /** RFC 1928 section 6. */
  @ParameterizedTest
  @CsvSource({
    "1, general failure",
    "2, its rules do not allow it",
    "3, network unreachable",
    "4, host unreachable",
    "5, connection refused",
    "6, time to live expired",
    "7, command not supported",
    "8, address type not supported",
    "9, which RFC 1928 does not know"
  })
  void aStatusOfSocksIsPutIntoWords(int status, String words) throws Exception {
    ScriptedServer proxy =
        sessions.server(
            peer -> {
              peer.readFully(3);
              peer.send(new byte[] {5, 0});
              peer.readFully(4 + 1 + 6 + 2);
              peer.send(new byte[] {5, (byte) status, 0, 1, 0, 0, 0, 0, 0, 0});
            });
    assertFails(
        behind(proxy, "socks5", "http://a.test"),
        ProxyConnectException.class,
        "opens no way to a.test:80: SOCKS status " + status + ", " + words);
  }

  static Stream<Arguments> socksNonsense() {
    return Stream.of(
        Arguments.of(new byte[] {'H', 'T', 'T', 'P'}, "begins with the byte 72"),
        Arguments.of(new byte[] {4, 0}, "begins with the byte 4"),
        Arguments.of(new byte[] {5, 1}, "authentication method 1, which it was not offered"),
        Arguments.of(new byte[] {5, 2}, "authentication method 2, which it was not offered"),
        Arguments.of(new byte[] {5, 0, 4, 0}, "begins with the byte 4"),
        Arguments.of(new byte[] {5, 0, 5, 0, 0, 7, 0}, "address type 7"));
  }

  @ParameterizedTest
  @MethodSource("socksNonsense")
  void whatIsNotSocksIsToldAtOnce(byte[] answer, String expected) throws Exception {
    ScriptedServer proxy = sessions.server(peer -> peer.send(answer));
    assertFails(behind(proxy, "socks5", "http://a.test"), ProxyConnectException.class, expected);
  }

  @Test
  void aSocksProxyThatLetsNobodyInIsAboutCredentials() throws Exception {
    ScriptedServer proxy = sessions.server(peer -> peer.send(new byte[] {5, (byte) 0xFF}));
    assertFails(
        behind(proxy, "socks5", "http://a.test"),
        ProxyAuthenticationException.class,
        "it lets nobody in without authentication");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 11})
  void aSocksProxyThatClosesInTheMiddleHasNotConnected(int bytes) throws Exception {
    ScriptedServer proxy =
        sessions.server(
            peer -> {
              peer.readFully(3);
              peer.send(Arrays.copyOf(SOCKS_OPEN, bytes));
              peer.close();
            });
    assertFails(
        behind(proxy, "socks5", "http://a.test"),
        ProxyConnectException.class,
        "it closed the connection before it had");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a.test, 5 1 0 3 6 97 46 116 101 115 116 0 80",
    "http://127.0.0.1:8080, 5 1 0 1 127 0 0 1 31 -112",
    "http://[2001:db8::7], 5 1 0 4 32 1 13 -72 0 0 0 0 0 0 0 0 0 0 0 7 0 80",
  })
  void aSocksProxyGetsNamesAndAddressesAsTheyAre(String target, String expected) throws Exception {
    byte[] request = bytes(expected);
    ScriptedServer proxy =
        sessions.server(
            peer -> {
              assertThat(peer.readFully(3)).isEqualTo(new byte[] {5, 1, 0});
              for (int i = 0; i < 2; i++) {
                peer.send(new byte[] {SOCKS_OPEN[i]});
              }
              assertThat(peer.readFully(request.length)).isEqualTo(request);
              for (int i = 2; i < SOCKS_OPEN.length; i++) {
                peer.send(new byte[] {SOCKS_OPEN[i]});
              }
              peer.answerAll(Answers.OK);
            });
    ClientSession session = behind(proxy, "socks5", target);
    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");
    assertThat(proxy.requests().get(0).line()).startsWith("GET /orders?");
  }

  private static byte[] bytes(String numbers) {
    String[] each = numbers.split(" ");
    byte[] bytes = new byte[each.length];
    for (int i = 0; i < each.length; i++) {
      bytes[i] = Byte.parseByte(each[i]);
    }
    return bytes;
  }

  /** Scripts for tables. */
  private static final class ScriptedServerPeers {
    static void readAndStall(Peer peer) throws Exception {
      peer.readHead();
      peer.stall();
    }

    static void stall(Peer peer) throws Exception {
      peer.stall();
    }
  }
}
