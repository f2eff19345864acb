package org.sessionregistry.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sessionregistry.ReloadReport;
import org.sessionregistry.settings.RegistryPlan;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;

/**
 * A change of a registry's sessions on its way: prepared as a whole, then either done or given up.
 * The rule: until {@link #commit} nothing that others can see is different. Confined to the one
 * reload at a time.
 */
final class Reload {
  /** Makes a session that has not begun. */
  interface Opening {
    StandardSession open(SessionSettings resolved, Pools pools);
  }

  private final Map<StandardSession, StandardSession.Change> changed = new LinkedHashMap<>();
  private final List<StandardSession> opened = new ArrayList<>();
  private final List<StandardSession> closed = new ArrayList<>();
  private final List<StandardSession> unchanged = new ArrayList<>();

  /**
   * Prepares a change; what fails leaves nothing behind.
   *
   * @param plan what is configured now
   * @param pools the pools that belong to it
   * @param there the sessions that are there
   * @param configured the names of those that configuration had named before
   * @throws IllegalArgumentException if the plan does not fit what is there
   */
  static Reload prepare(
      RegistryPlan plan,
      Pools pools,
      Map<String, StandardSession> there,
      Set<String> configured,
      Opening opening) {
    Reload reload = new Reload();
    try {
      for (SessionSettings settings : plan.sessions().values()) {
        reload.prepare(pools.resolve(settings), pools, there, configured, opening);
      }
    } catch (RuntimeException | Error e) {
      reload.giveUp();
      throw e;
    }
    for (String name : configured) {
      StandardSession gone = plan.sessions().containsKey(name) ? null : there.get(name);
      if (gone != null) {
        reload.closed.add(gone);
      }
    }
    return reload;
  }

  private void prepare(
      SessionSettings settings,
      Pools pools,
      Map<String, StandardSession> there,
      Set<String> configured,
      Opening opening) {
    StandardSession known = there.get(settings.name());
    if (known == null || known.isClosing()) {
      opened.add(opening.open(settings, pools));
    } else if (!configured.contains(settings.name())) {
      throw new IllegalArgumentException(
          "session '" + settings.name() + "' is configured, but was opened in code already");
    } else if (known.settings().equals(settings)) {
      unchanged.add(known);
    } else {
      changed.put(known, known.prepare(pools, settings));
    }
  }

  private void giveUp() {
    changed.forEach(StandardSession::discard);
    opened.forEach(StandardSession::discard);
  }

  List<StandardSession> opened() {
    return opened;
  }

  Set<StandardSession> changed() {
    return changed.keySet();
  }

  /** Lets it take effect, after the new sessions can be found. */
  void commit() {
    opened.forEach(StandardSession::begin);
    changed.forEach(StandardSession::become);
    closed.forEach(StandardSession::closeAsync);
  }

  ReloadReport report(RegistrySettings before, RegistrySettings after) {
    return new ReloadReport(
        names(opened),
        names(changed.keySet()),
        names(closed),
        names(unchanged),
        fixed(before, after));
  }

  private static List<String> names(Iterable<StandardSession> sessions) {
    List<String> names = new ArrayList<>();
    sessions.forEach(session -> names.add(session.name()));
    return names;
  }

  /** What threads and budgets were made with. */
  private static List<String> fixed(RegistrySettings before, RegistrySettings after) {
    List<String> keys = new ArrayList<>();
    if (before.eventLoops() != after.eventLoops()) {
      keys.add("client-session-registry.event-loops");
    }
    if (before.maxConnections() != after.maxConnections()) {
      keys.add("client-session-registry.max-connections");
    }
    if (before.jmx() != after.jmx()) {
      keys.add("client-session-registry.jmx");
    }
    return keys;
  }

  /** The new settings, but for those that count only after a restart. */
  static RegistrySettings effective(RegistrySettings before, RegistrySettings after) {
    return after
        .withEventLoops(before.eventLoops())
        .withMaxConnections(before.maxConnections())
        .withJmx(before.jmx());
  }
}
