package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.exchange.World.failure;

import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sessionregistry.ClientCertificateRefusedException;
import org.sessionregistry.ConnectionLostException;
import org.sessionregistry.Response;
import org.sessionregistry.connector.ExchangeEvents.WireFailure.Kind;

/** TLS 1.3 servers look at the client's certificate when the request is on its way. */
class TlsFailuresTest {
  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"NOT_SENT", "CLOSED_UNANSWERED"})
  void aCertificateThatIsRefusedAfterTheHandshakeIsTold(Kind kind) {
    World world = World.simple();
    CompletableFuture<Response> future = world.send();

    world
        .connection()
        .fail(kind, new SSLHandshakeException("Received fatal alert: certificate_required"));

    assertThat(failure(future, ClientCertificateRefusedException.class))
        .hasMessageContaining("certificate_required")
        .hasMessageContaining("client-session.s.tls.key-store.path");
    world.assertNothingIsLeft();
  }

  @Test
  void anotherAlertIsALostConnection() {
    World world = World.simple();
    CompletableFuture<Response> future = world.send();

    world
        .connection()
        .fail(
            Kind.CLOSED_UNANSWERED,
            new SSLHandshakeException("Received fatal alert: internal_error"));

    failure(future, ConnectionLostException.class);
  }
}
