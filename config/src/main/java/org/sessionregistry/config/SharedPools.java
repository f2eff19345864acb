package org.sessionregistry.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.sessionregistry.settings.SettingOrigin;
import org.sessionregistry.settings.SharedPoolSettings;

/**
 * The pools that sessions share, and what sharing means for a session. The rule: the pool that a
 * session names exists, and whatever a session sets itself has an effect, so settings of pool and
 * queue beside a shared pool are refused. Confined to the thread that reads.
 */
final class SharedPools {
  private final Function<String, Layer> layers;
  private final Findings findings;
  private final Set<String> names;
  private final Set<String> named = new TreeSet<>();

  /**
   * The pools.
   *
   * @param mentioned the pools that property names mention
   * @param layers what is set for a pool
   */
  SharedPools(Set<String> mentioned, Function<String, Layer> layers, Findings findings) {
    this.names = new TreeSet<>(mentioned);
    this.layers = layers;
    this.findings = findings;
  }

  /** The nearest assignment that names a pool. */
  Optional<Assignment> namedIn(List<Generation> generations) {
    return Generation.nearest(generations, EntryRules.POOL_NAME);
  }

  /** Reports a pool that is named there but does not exist. */
  void require(Generation generation) {
    generation.find(EntryRules.POOL_NAME).ifPresent(this::requirePool);
  }

  private void requirePool(Assignment assignment) {
    String name = name(assignment);
    named.add(name);
    boolean readable = assignment.found().failure().isEmpty() && PropertyKey.isVisible(name);
    if (readable && !exists(name)) {
      findings.add(assignment.refused(ConfigMessages.noSuchPool(names), Nearest.word(name, names)));
    }
  }

  /** What a session takes over that has an effect: nothing about a pool of its own. */
  List<Generation> effective(List<Generation> inherited, Optional<Assignment> poolName) {
    return poolName.filter(pool -> exists(name(pool))).isEmpty()
        ? inherited
        : inherited.stream().map(each -> each.without(a -> ofPool(a).isPresent())).toList();
  }

  private static Optional<SettingKey> ofPool(Assignment assignment) {
    return Root.POOL.keys().named(assignment.name());
  }

  /** What a session sets that has an effect; what has none is reported. */
  List<Assignment> effectiveOf(Generation own, Optional<Assignment> poolName) {
    return poolName.map(pool -> beside(pool, own.assignments())).orElse(own.assignments());
  }

  private List<Assignment> beside(Assignment poolName, List<Assignment> own) {
    List<Assignment> effective = new ArrayList<>();
    for (Assignment assignment : own) {
      Optional<SettingKey> ofPool = ofPool(assignment);
      if (ofPool.isEmpty()) {
        effective.add(assignment);
      } else {
        String pool = exists(name(poolName)) ? name(poolName) : Root.ANY_NAME;
        findings.add(
            assignment.refused(
                ConfigMessages.poolIsShared(poolName.found().key()),
                Optional.of(Root.POOL.prefixOf(pool) + ofPool.get().key())));
      }
    }
    return effective;
  }

  /** The names that sessions have used, be they right or wrong. */
  Set<String> named() {
    return named;
  }

  /** Reads all pools: those that property names mention, and those that sessions have named. */
  Map<String, SharedPoolSettings> read(Explainer explainer) {
    Map<String, SharedPoolSettings> pools = new TreeMap<>();
    for (String name : names) {
      Draft<SharedPoolSettings> draft = new Draft<>(SharedPoolSettings.named(name), findings);
      Generation own = new Generation(SettingOrigin.POOL, layers.apply(name).assignments());
      draft.applyAll(own.assignments());
      pools.put(name, draft.settings());
      explainer.add(draft.settings(), own);
    }
    return pools;
  }

  /** Variables of the environment alone can configure a pool, because a session tells its name. */
  private boolean exists(String name) {
    if (!names.contains(name) && PropertyKey.isName(name) && layers.apply(name).isSet()) {
      names.add(name);
    }
    return names.contains(name);
  }

  private static String name(Assignment poolName) {
    return poolName.found().text().strip();
  }
}
