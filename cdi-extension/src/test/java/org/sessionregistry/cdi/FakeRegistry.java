package org.sessionregistry.cdi;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.ClientSession;
import org.sessionregistry.RegistryStatistics;
import org.sessionregistry.ReloadReport;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.UnknownSessionException;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SettingsExplanation;

/**
 * A registry without sessions that closes when the test says so. It must not be used for what the
 * real one can show. Any thread.
 */
final class FakeRegistry implements SessionRegistry {
  final CompletableFuture<Void> closed = new CompletableFuture<>();
  volatile boolean closing;

  @Override
  public ClientSession session(String name, String tenant) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<SettingsExplanation> explain(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<SettingsExplanation> explain(String name, String tenant) {
    return Optional.empty();
  }

  @Override
  public ReloadReport reload() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ClientSession session(String name) {
    throw new UnknownSessionException(name, names());
  }

  @Override
  public Optional<ClientSession> find(String name) {
    return Optional.empty();
  }

  @Override
  public Set<String> names() {
    return Set.of();
  }

  @Override
  public ClientSession open(SessionSettings settings, SessionHooks hooks) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RegistryStatistics statistics() {
    return new RegistryStatistics(Map.of());
  }

  @Override
  public CompletionStage<Void> closeAsync() {
    closing = true;
    return closed;
  }

  @Override
  public void close() {
    closeAsync().toCompletableFuture().join();
  }
}
