package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectTimeoutException;
import org.sessionregistry.ConnectionFailedException;
import org.sessionregistry.DnsTimeoutException;
import org.sessionregistry.HostNotFoundException;
import org.sessionregistry.TlsFailedException;
import org.sessionregistry.TlsHandshakeTimeoutException;

/** What can go wrong before there is a connection. */
class ConnectingTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  @RegisterExtension final Sessions sessions = new Sessions();

  @Test
  void aRefusedConnectionSaysWhereItWasRefused() throws Exception {
    String nobody = "127.0.0.1:" + portOfNobody();
    ClientSession session = sessions.open("http://" + nobody, s -> s);

    Failing.with(
        ConnectionFailedException.class,
        Sessions.get(session).sendAsync(),
        "cannot connect to " + nobody,
        "refused");

    assertThat(session.statistics().pool().openFailures()).isEqualTo(1);
  }

  @Test
  void aRefusedConnectionIsRefusedToABlockingCallerToo() throws Exception {
    ClientSession session = sessions.open("http://127.0.0.1:" + portOfNobody(), s -> s);

    ConnectionFailedException failure =
        Failing.with(ConnectionFailedException.class, () -> Sessions.get(session).send());

    assertThat(failure.getStackTrace())
        .as("shows who asked")
        .anyMatch(frame -> frame.getClassName().equals(ConnectingTest.class.getName()));
  }

  @Test
  void anUnknownHostIsNamed() throws Exception {
    ClientSession session = sessions.open("http://nix.invalid", s -> s);

    Failing.with(HostNotFoundException.class, Sessions.get(session).sendAsync(), "'nix.invalid'");
  }

  /**
   * A look-up cannot be made to hang here, so that it races against the shortest of limits. It may
   * win a round; what it must not do is end in anything else.
   */
  @Test
  void aLookUpThatTakesTooLongNamesItsLimit() throws Exception {
    for (int round = 1; round <= 20; round++) {
      try (ClientSession session =
          sessions.open(
              "http://nix" + round + ".invalid",
              s -> s.timeout(t -> t.withDns(Duration.ofNanos(1))))) {
        Throwable failure = Await.failure(Sessions.get(session).sendAsync());
        if (!(failure instanceof HostNotFoundException)) {
          assertThat(failure)
              .isExactlyInstanceOf(DnsTimeoutException.class)
              .message()
              .contains("session 'faulty'", "/orders?… after", "client-session.faulty.timeout.dns");
          return;
        }
      }
    }
    throw new AssertionError("twenty look-ups in a row took less than a nanosecond");
  }

  @Test
  void aConnectThatHangsNamesItsLimit() throws Exception {
    try (FullBacklog backlog = FullBacklog.open()) {
      ClientSession session =
          sessions.open("http://" + backlog.authority(), s -> s.timeout(t -> t.withConnect(SHORT)));

      ConnectTimeoutException failure =
          Failing.with(
              ConnectTimeoutException.class,
              Sessions.get(session).sendAsync(),
              "127.0.0.1",
              "client-session.faulty.timeout.connect=200ms",
              "connect ");

      assertThat(failure.detail().phases().connect()).isGreaterThanOrEqualTo(SHORT);
      assertThat(failure.detail().phases().queue()).isZero();
    }
  }

  @Test
  void aHandshakeThatIsNotAnsweredNamesItsLimit() throws Exception {
    ScriptedServer server = sessions.server(Peer::stall);
    ClientSession session =
        sessions.open(
            "https://" + server.authority(), s -> s.timeout(t -> t.withTlsHandshake(SHORT)));

    TlsHandshakeTimeoutException failure =
        Failing.with(
            TlsHandshakeTimeoutException.class,
            Sessions.get(session).sendAsync(),
            "client-session.faulty.timeout.tls-handshake=200ms",
            "tls ");

    assertThat(failure.detail().phases().tls()).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void aPlainServerIsNoTlsServer() throws Exception {
    handshakeFails(
        peer -> {
          peer.readFully(5);
          peer.send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
          peer.halfClose();
        });
  }

  @Test
  void aServerThatClosesDuringTheHandshakeFailsIt() throws Exception {
    handshakeFails(
        peer -> {
          peer.readFully(5);
          peer.halfClose();
        });
  }

  @Test
  void aServerThatResetsDuringTheHandshakeFailsIt() throws Exception {
    handshakeFails(
        peer -> {
          peer.readFully(5);
          peer.reset();
        });
  }

  private void handshakeFails(ScriptedServer.Script script) throws Exception {
    ScriptedServer server = sessions.server(script);
    ClientSession session = sessions.open("https://" + server.authority(), s -> s);

    Failing.with(
        TlsFailedException.class,
        Sessions.get(session).sendAsync(),
        server.authority(),
        "TLS handshake");
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
