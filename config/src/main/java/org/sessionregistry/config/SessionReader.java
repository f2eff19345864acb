package org.sessionregistry.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SettingOrigin;

/**
 * Makes the settings of sessions of what they set and of what they take over. The rule: a problem
 * is told where it was written; what is wrong with an ancestor or with the defaults is theirs, and
 * what is wrong only together with it is the session's. Confined to the thread that reads.
 */
final class SessionReader {
  private final Map<String, Generation> sessions = new TreeMap<>();
  private final Ancestry ancestry;
  private final Inheritance inheritance;
  private final SharedPools pools;
  private final Effects effects;
  private final Explainer explainer;
  private final TlsFiles tlsFiles;
  private final Tenants tenants;
  private final Findings findings;

  /**
   * A reader.
   *
   * @param sessions what each session sets itself
   * @param defaults what is set for all of them
   */
  SessionReader(
      Map<String, Generation> sessions,
      Generation defaults,
      SharedPools pools,
      Effects effects,
      Explainer explainer,
      Findings findings) {
    sessions.forEach((name, own) -> this.sessions.put(name, own.without(EntryRules::isExtends)));
    this.ancestry = new Ancestry(sessions);
    this.inheritance = new Inheritance(this.sessions, ancestry, defaults);
    this.pools = pools;
    this.effects = effects;
    this.explainer = explainer;
    this.tlsFiles = new TlsFiles(findings);
    this.tenants = new Tenants(tlsFiles, findings);
    this.findings = findings;
    this.ancestry.check(findings);
    readDefaults(defaults);
  }

  private void readDefaults(Generation defaults) {
    SessionSettings builtIn = SessionSettings.named(SessionSettings.DEFAULT_NAME);
    new Draft<>(builtIn, findings).applyAll(defaults.assignments());
    pools.require(defaults);
  }

  /**
   * Reads a session.
   *
   * @param layersOfTenants what is set for its tenants
   */
  SessionSettings read(String name, Map<String, Layer> layersOfTenants) {
    Generation own = sessions.getOrDefault(name, Generation.NONE);
    pools.require(own);
    List<Generation> all = new ArrayList<>(List.of(own));
    all.addAll(inheritance.of(name));
    Optional<Assignment> pool = pools.namedIn(all);
    List<Generation> inherited = pools.effective(all.subList(1, all.size()), pool);
    int before = findings.size();
    Draft<SessionSettings> draft = new Draft<>(start(name, inherited), findings);
    draft.applyAll(pools.effectiveOf(own, pool));
    if (findings.size() == before) {
      check(name, all, draft.settings());
    }
    Map<String, Generation> ofTenants = ofTenants(layersOfTenants);
    SessionSettings settings = tenants.read(draft.settings(), all, ofTenants);
    explainer.add(settings, explained(name, own, inherited), ofTenants);
    return settings;
  }

  private static Map<String, Generation> ofTenants(Map<String, Layer> layers) {
    Map<String, Generation> tenants = new TreeMap<>();
    layers.forEach(
        (tenant, layer) ->
            tenants.put(tenant, new Generation(SettingOrigin.TENANT, layer.assignments())));
    tenants.values().removeIf(tenant -> tenant.assignments().isEmpty());
    return tenants;
  }

  /** What had an effect, and which session is extended. */
  private List<Generation> explained(String name, Generation own, List<Generation> inherited) {
    List<Assignment> first = new ArrayList<>(own.assignments());
    ancestry.parent(name).ifPresent(first::add);
    List<Generation> all = new ArrayList<>(List.of(new Generation(own.origin(), first)));
    all.addAll(inherited);
    return all;
  }

  /**
   * What can only be told of settings that are right otherwise; those that others extend need not
   * be complete.
   */
  private void check(String name, List<Generation> all, SessionSettings settings) {
    if (!ancestry.isExtended(name)) {
      effects.check(all, settings);
    }
    tlsFiles.check(all, settings);
  }

  /** What a session takes over; what is wrong with that is told where it comes from. */
  private static SessionSettings start(String name, List<Generation> inherited) {
    Draft<SessionSettings> draft = new Draft<>(SessionSettings.named(name), new Findings());
    for (int i = inherited.size() - 1; i >= 0; i--) {
      draft.applyAll(inherited.get(i).assignments());
    }
    return draft.settings();
  }
}
