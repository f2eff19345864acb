package org.sessionregistry.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sessionregistry.settings.SessionSettings;

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
      Findings findings) {
    sessions.forEach((name, own) -> this.sessions.put(name, own.without(EntryRules::isExtends)));
    this.ancestry = new Ancestry(sessions);
    this.inheritance = new Inheritance(this.sessions, ancestry, defaults);
    this.pools = pools;
    this.effects = effects;
    this.tlsFiles = new TlsFiles(findings);
    this.tenants = new Tenants(findings);
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
    Generation own = sessions.getOrDefault(name, new Generation(List.of()));
    pools.require(own);
    List<Generation> all = new ArrayList<>(List.of(own));
    all.addAll(inheritance.of(name));
    Optional<Assignment> pool = pools.namedIn(all);
    List<Generation> inherited = pools.effective(all.subList(1, all.size()), pool);
    int before = findings.size();
    Draft<SessionSettings> draft = new Draft<>(start(name, inherited), findings);
    draft.applyAll(pools.effectiveOf(own, pool));
    Optional<Assignment> tenancy = Generation.nearest(all, EntryRules.TENANCY);
    if (findings.size() == before) {
      check(name, all, draft.settings());
    }
    return tenants.read(draft.settings(), layersOfTenants, tenancy);
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
