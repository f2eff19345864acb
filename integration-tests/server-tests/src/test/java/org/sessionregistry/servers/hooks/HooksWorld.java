package org.sessionregistry.servers.hooks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.sessionregistry.ClientSession;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.settings.HttpVersionPreference;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SessionSettingsBuilder;

/** The servers and sessions of a test; when it is over, nothing is in flight. */
final class HooksWorld implements AfterEachCallback {
  private final List<Peer> peers = new ArrayList<>();
  private final SessionRegistry registry =
      SessionRegistry.builder()
          .settings(RegistrySettings.DEFAULTS.withShutdownTimeout(Duration.ofSeconds(2)))
          .build();

  Peer peer(Peer.Make make, Guard guard, Behaviour behaviour) throws Exception {
    return peer(Peer.start(make, guard, behaviour));
  }

  Peer peer(Peer started) {
    peers.add(started);
    return started;
  }

  /** A session named {@code s} whose base URL is the peer. */
  ClientSession session(
      Peer peer, HttpVersionPreference version, UnaryOperator<SessionSettingsBuilder> change) {
    return session("s", peer, version, change, SessionHooks.NONE);
  }

  ClientSession session(
      String name,
      Peer peer,
      HttpVersionPreference version,
      UnaryOperator<SessionSettingsBuilder> change,
      SessionHooks hooks) {
    SessionSettingsBuilder settings =
        SessionSettings.builder(name)
            .baseUrl(peer.origin())
            .httpVersion(version)
            .timeout(Duration.ofSeconds(20));
    return registry.open(change.apply(settings).build(), hooks);
  }

  private boolean isQuiet() {
    return registry.statistics().sessions().values().stream()
        .allMatch(session -> session.inFlight() == 0 && session.pool().inUse() == 0);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    try (registry) {
      if (context.getExecutionException().isEmpty()) {
        Until.is(
            "nothing is in flight, bodies that nobody reads have been read away", this::isQuiet);
      }
    } finally {
      for (Peer peer : peers) {
        peer.close();
      }
    }
  }
}
