package org.sessionregistry.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sessionregistry.ClosedConnection;
import org.sessionregistry.HttpVersion;
import org.sessionregistry.SessionListener;
import org.sessionregistry.connector.Connection;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Route;

/** Who hears of the end of a connection, and what. */
class WatchedDialerTest {
  private final List<Object> heard = new ArrayList<>();
  private final VirtualTime time = new VirtualTime();
  private final FakeDialer dialer = new FakeDialer();

  private final SessionListener listener =
      new SessionListener() {
        @Override
        public void connectionClosed(ClosedConnection connection) {
          heard.add(connection);
        }
      };

  private final Dialer.Listener pool =
      new Dialer.Listener() {
        @Override
        public void opened(Connection connection, int capacity) {
          heard.add("opened " + capacity);
        }

        @Override
        public void capacity(int capacity) {
          heard.add("capacity " + capacity);
        }

        @Override
        public void failed(DialFailure failure) {
          heard.add(failure.kind());
        }

        @Override
        public void closed() {
          heard.add("closed");
        }
      };

  private void dial(Route route, SessionListener... listeners) {
    Notices notices = Notices.of("s", List.of(listeners));
    assertThat(notices).isNotNull();
    dialer.opensAtOnce = false;
    new WatchedDialer(dialer, "s", notices, time).dial(route, pool);
  }

  @Test
  void theEndOfAConnectionIsToldBeforeThePoolHears() {
    dial(new Route("https", "A", 8443), listener);
    time.advance(Duration.ofSeconds(2)); // not yet a connection
    dialer.dial(0).open();
    time.advance(Duration.ofSeconds(5));
    dialer.connection(0).close();
    assertThat(heard)
        .containsExactly(
            "opened 1",
            new ClosedConnection(
                "s",
                "https",
                "a",
                8443,
                Optional.empty(),
                HttpVersion.HTTP_1_1,
                Duration.ofSeconds(5)),
            "closed");
  }

  @Test
  void theConnectionOfAWebSocketHasTheSchemeOfItsHandshake() {
    dial(new Route("http", "a", 80).forWebSocket(), listener);
    dialer.dial(0).open().close();
    assertThat(heard.get(1)).extracting("scheme").isEqualTo("http");
  }

  @Test
  void nothingIsToldOfAConnectionThatWasNeverThere() {
    dial(new Route("http", "a", 80), listener);
    dialer.dial(0).fail(DialFailure.Kind.CONNECT_FAILED);
    assertThat(heard).containsExactly(DialFailure.Kind.CONNECT_FAILED);
  }

  @Test
  void aListenerThatThrowsKeepsNothingFromThePool() {
    SessionListener failing =
        new SessionListener() {
          @Override
          public void connectionClosed(ClosedConnection connection) {
            throw new IllegalStateException("on purpose");
          }
        };
    dial(new Route("http", "a", 80), failing, listener);
    dialer.dial(0).open().close();
    assertThat(heard).hasSize(3).endsWith("closed");
  }
}
