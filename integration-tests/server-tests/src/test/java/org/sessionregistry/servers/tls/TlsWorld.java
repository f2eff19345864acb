package org.sessionregistry.servers.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.TlsFailedException;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TlsSettings;

/** Servers and sessions of one test; both are closed after it. */
final class TlsWorld implements AfterEachCallback {
  /** Something that makes a server. */
  interface Opening {
    TlsServer open() throws Exception;
  }

  private final SessionRegistry registry = SessionRegistry.builder().build();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private int sessions;

  TlsServer server(Opening opening) throws Exception {
    TlsServer server = opening.open();
    opened.push(server);
    return server;
  }

  /** A session that opens a connection for each request. */
  ClientSession session(TlsServer server, UnaryOperator<TlsSettings> tls) {
    return registry.open(
        SessionSettings.builder("s" + ++sessions)
            .baseUrl(server.url())
            .pool(p -> p.withKeepAlive(Duration.ZERO))
            .tls(tls)
            .build());
  }

  static String get(ClientSession session) throws Exception {
    return session.get("/").send().text();
  }

  /** A request fails with exactly this type, and its message has all of these. */
  static <T extends TlsFailedException> void assertFails(
      ClientSession session, Class<T> type, String... parts) {
    Throwable failure = catchThrowable(() -> get(session));
    assertThat(failure).isExactlyInstanceOf(type);
    assertThat(failure).isInstanceOf(TlsFailedException.class).message().contains(parts);
    assertThat(failure.getMessage()).doesNotContain("\n", Credentials.PASSWORD);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    registry.close();
    for (AutoCloseable closeable : opened) {
      closeable.close();
    }
  }
}
