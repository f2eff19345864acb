package org.sessionregistry.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sessionregistry.settings.ExplainedSetting;
import org.sessionregistry.settings.Explanations;
import org.sessionregistry.settings.Secret;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SettingsExplanation;
import org.sessionregistry.settings.SharedPoolSettings;

/**
 * Says what sessions use and why. The rule: values are those that sessions really have, taken from
 * their records, and only the reason is taken from what was read. It is filled by the thread that
 * reads, and never changes from then on.
 */
final class Explainer implements Explanations {
  /**
   * What is known of a session.
   *
   * @param all what was set, that of the session itself first
   * @param tenants what was set for its tenants
   */
  private record Known(
      SessionSettings settings, List<Generation> all, Map<String, Generation> tenants) {}

  private record Pool(SharedPoolSettings settings, Generation own) {}

  private final Map<String, Known> sessions = new HashMap<>();
  private final Map<String, Pool> pools = new HashMap<>();

  void add(SessionSettings session, List<Generation> all, Map<String, Generation> tenants) {
    sessions.put(session.name(), new Known(session, List.copyOf(all), Map.copyOf(tenants)));
  }

  void add(SharedPoolSettings pool, Generation own) {
    pools.put(pool.name(), new Pool(pool, own));
  }

  @Override
  public Optional<SettingsExplanation> explain(String session, Optional<String> tenant) {
    return Optional.ofNullable(sessions.get(session))
        .map(
            known ->
                tenant
                    .map(name -> ofTenant(known, name))
                    .orElseGet(() -> explain(known.settings, known.all, Optional.empty())));
  }

  private SettingsExplanation ofTenant(Known known, String tenant) {
    List<Generation> all = new ArrayList<>(known.all);
    Optional.ofNullable(known.tenants.get(tenant)).ifPresent(own -> all.add(0, own));
    return explain(known.settings.ofTenant(tenant), all, Optional.of(tenant));
  }

  private SettingsExplanation explain(
      SessionSettings settings, List<Generation> all, Optional<String> tenant) {
    List<ExplainedSetting> lines = new ArrayList<>();
    Optional<Pool> shared = settings.pool().name().map(pools::get);
    Root root = tenant.isPresent() ? Root.TENANT : Root.SESSION;
    for (SettingKey setting : root.keys().all()) {
      Optional<SettingKey> ofPool = Root.POOL.keys().named(setting.name());
      if (setting.equals(Ancestry.EXTENDS)) {
        Generation.nearest(all.subList(0, 1), setting.key())
            .ifPresent(a -> lines.add(explained(setting, "", a.found().text(), all)));
      } else if (setting.map()) {
        setting
            .entriesIn(settings)
            .forEach(
                (entry, value) ->
                    lines.add(explained(setting, entry.toString(), value.toString(), all)));
      } else if (shared.isPresent() && ofPool.isPresent()) {
        lines.add(ofPool(setting.key(), ofPool.get(), shared.get()));
      } else {
        lines.add(explained(setting, "", value(setting, settings), all));
      }
    }
    return new SettingsExplanation(settings.name(), tenant, lines);
  }

  private static ExplainedSetting ofPool(String key, SettingKey setting, Pool pool) {
    return explained(key, value(setting, pool.settings), pool.own.find(setting.name()), pool.own);
  }

  private static String value(SettingKey setting, Record settings) {
    return setting.type().format(setting.path().get(settings));
  }

  private static ExplainedSetting explained(
      SettingKey setting, String entry, String value, List<Generation> all) {
    String key = setting.keyOf(entry);
    String shown = setting.isSecret(entry) && !value.isEmpty() ? Secret.MASK : value;
    String identity = EntryRules.identity(setting, entry);
    for (Generation generation : all) {
      Optional<Assignment> winner =
          generation.assignments().stream()
              .filter(a -> a.setting().name().equals(setting.name()))
              .filter(a -> EntryRules.identity(a.setting(), a.entry()).equals(identity))
              .findFirst();
      if (winner.isPresent()) {
        return explained(key, shown, winner, generation);
      }
    }
    return ExplainedSetting.builtIn(key, ConfigMessages.visible(shown));
  }

  private static ExplainedSetting explained(
      String key, String shown, Optional<Assignment> winner, Generation generation) {
    String value = ConfigMessages.visible(shown);
    return winner
        .map(Assignment::found)
        .map(
            found ->
                new ExplainedSetting(
                    key, value, generation.origin(), found.key(), found.source(), found.ordinal()))
        .orElseGet(() -> ExplainedSetting.builtIn(key, value));
  }
}
