package org.sessionregistry.servers.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.Response;
import org.sessionregistry.SessionClosedException;
import org.sessionregistry.TruncatedResponseException;
import org.sessionregistry.UntrustedCertificateException;
import org.sessionregistry.servers.faults.ScriptedServer.Script;

/** What goes wrong inside TLS ends as it does outside, and what TLS adds is heeded. */
class TlsFaultsTest {
  private static final String UNTIL_CLOSE = "HTTP/1.1 200 OK\r\n\r\n";

  @TempDir Path files;
  @RegisterExtension final Sessions sessions = new Sessions();
  private TlsIdentity identity;

  @BeforeEach
  void makeIdentity() throws Exception {
    identity = TlsIdentity.make();
  }

  private ClientSession session(Script script) throws Exception {
    Path trusted = identity.pem(files);
    ScriptedServer server =
        sessions.server(
            peer -> {
              peer.secure(identity.server());
              script.play(peer);
            });
    return sessions.open("https://" + server.authority(), s -> s.tls(t -> t.withTrustPem(trusted)));
  }

  @Test
  void aWellFormedServerIsUsedAgain() throws Exception {
    ClientSession session = session(peer -> peer.answerAll(Answers.OK));

    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");
    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("fine");

    assertThat(session.statistics().pool().reused()).isEqualTo(1);
  }

  @Test
  void aCertificateThatIsNotTrustedIsRefused() throws Exception {
    ScriptedServer server =
        sessions.server(
            peer -> {
              try {
                peer.secure(identity.server());
              } catch (SSLException refused) {
                peer.close();
              }
            });
    ClientSession session = sessions.open("https://" + server.authority(), s -> s);

    Failing.with(
        UntrustedCertificateException.class,
        Sessions.get(session).sendAsync(),
        server.authority(),
        "unable to find valid certification path");
  }

  @Test
  void aConnectionThatEndsBeforeTheResponseIsLost() throws Exception {
    ClientSession session =
        session(
            peer -> {
              peer.read();
              peer.sayGoodbye();
              peer.halfClose();
            });

    Failing.with(
        ConnectionLostException.class,
        Sessions.request(session, "POST").sendAsync(),
        "closed before any response");
  }

  @Test
  void aBodyWithoutLengthIsCompleteWhenTlsEndsInOrder() throws Exception {
    ClientSession session =
        session(
            peer -> {
              peer.answer(UNTIL_CLOSE + "all of it");
              peer.sayGoodbye();
              peer.halfClose();
            });

    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("all of it");
  }

  /** RFC 8446 section 6.1: after close_notify nothing comes, though the connection be open. */
  @Test
  void theEndOfTlsAloneEndsABodyWithoutLength() throws Exception {
    ClientSession session =
        session(
            peer -> {
              peer.answer(UNTIL_CLOSE + "all of it");
              peer.sayGoodbye();
            });

    assertThat(Await.value(Sessions.whole(Sessions.get(session)))).isEqualTo("all of it");
  }

  /** RFC 9112 section 9.8: whoever cuts the connection must not be able to shorten the body. */
  @Test
  void aBodyWithoutLengthIsNotCompleteWhenTlsIsCut() throws Exception {
    ClientSession session =
        session(
            peer -> {
              peer.answer(UNTIL_CLOSE + "half");
              peer.halfClose();
            });

    Failing.with(
        TruncatedResponseException.class, Sessions.whole(Sessions.get(session)), "within the body");
  }

  @Test
  void aStalledBodyIsCutOffWhenTheSessionCloses() throws Exception {
    sessions.shutdownTimeout(Duration.ofMillis(100));
    ClientSession session =
        session(
            peer -> {
              peer.answer(Answers.HEAD_OF_100 + "half");
              peer.stall();
            });
    Response response = Await.value(Sessions.get(session).sendAsync());
    CompletableFuture<String> loading = response.textAsync();

    assertClosesWithin(Duration.ofSeconds(2), session);

    Failing.with(SessionClosedException.class, loading, "client-session-registry.shutdown-timeout");
  }

  @Test
  void anUploadThatNobodyReadsIsCutOffWhenTheSessionCloses() throws Exception {
    sessions.shutdownTimeout(Duration.ofMillis(100));
    ClientSession session =
        session(
            peer -> {
              peer.readHead();
              peer.stallUnread();
            });
    CompletableFuture<Response> sending =
        Sessions.request(session, "POST").body(new byte[8 << 20]).sendAsync();
    Await.until("it sends", () -> session.statistics().pool().inUse() == 1);

    assertClosesWithin(Duration.ofSeconds(2), session);

    Failing.with(SessionClosedException.class, sending, "client-session-registry.shutdown-timeout");
  }

  @Test
  void theEndOfTlsAloneEndsAnIdleConnection() throws Exception {
    CountDownLatch idle = new CountDownLatch(1);
    ClientSession session =
        session(
            peer -> {
              peer.answer(Answers.OK);
              Await.opened(idle);
              peer.sayGoodbye();
            });
    Await.value(Sessions.whole(Sessions.get(session)));

    idle.countDown();

    Await.until("no idle connection", () -> session.statistics().pool().idle() == 0);
  }

  private static void assertClosesWithin(Duration limit, ClientSession session) {
    long begun = System.nanoTime();
    session.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(limit);
  }
}
