package org.sessionregistry.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.JsonCodec;
import org.sessionregistry.SessionStatistics;
import org.sessionregistry.exchange.Counters;
import org.sessionregistry.settings.SessionSettings;

/**
 * The session that a tenant has of a template, named in code. It holds nothing but the names, so
 * that whoever keeps it can use it after what it stands for was closed: that is opened again.
 * Thread-safe.
 */
final class TenantSession extends SessionFace {
  private final StandardSession template;
  private final String tenant;

  TenantSession(StandardSession template, Home home, String tenant) {
    super(home);
    this.template = template;
    this.tenant = tenant;
  }

  /**
   * A tenant's name.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String checked(String tenant) {
    if (tenant.isBlank() || tenant.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a tenant's name is text without control characters, not '"
              + tenant.replaceAll("\\p{Cntrl}", "?")
              + "'");
    }
    return tenant;
  }

  @Override
  LiveSession live() {
    return template.of(template.templateOf(), tenant);
  }

  @Override
  void used() {
    template.used();
  }

  @Override
  public String name() {
    return template.name();
  }

  @Override
  public Optional<String> tenant() {
    return Optional.of(tenant);
  }

  @Override
  public SessionSettings settings() {
    return template.settings().ofTenant(tenant);
  }

  @Override
  public JsonCodec json() {
    return template.json();
  }

  @Override
  public SessionStatistics statistics() {
    LiveSession session = live();
    List<Counters> parts = new ArrayList<>();
    session.addCountersTo(parts);
    return template.statistics(Counters.sum(parts), session.pools());
  }

  @Override
  public CompletionStage<Void> closeAsync() {
    return template.templateOf().close(tenant);
  }

  /** The names of session and tenant. */
  @Override
  public String toString() {
    return "ClientSession[" + name() + " of " + tenant + "]";
  }
}
