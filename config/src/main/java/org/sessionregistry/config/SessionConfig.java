package org.sessionregistry.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;
import org.sessionregistry.settings.Explanations;
import org.sessionregistry.settings.RegistrySettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SettingOrigin;
import org.sessionregistry.settings.SharedPoolSettings;
import org.sessionregistry.settings.UnknownKeys;

/**
 * Reads everything under {@code client-session.<name>}, {@code client-session-defaults}, {@code
 * client-session-pool.<name>} and {@code client-session-registry}. The rule: either all of it is
 * usable or nothing is returned, and then every problem is told, not only the first. {@link #read}
 * may be called by any thread, as often as it likes.
 */
public final class SessionConfig {
  private static final Set<String> DEFAULTS = Set.of(Root.DEFAULTS.prefix());
  private static final String NAMES = Root.REGISTRY.prefix() + "names";

  private final Findings findings = new Findings();
  private final Lookup lookup;
  private final KeyIndex index;
  private final SharedPools pools;
  private final Set<String> extended = new TreeSet<>();
  private final Set<String> injected;

  private SessionConfig(Config config, Set<String> injected) {
    this.lookup = new Lookup(config);
    this.index = KeyIndex.of(lookup.propertyNames(), lookup.activeProfiles());
    this.pools =
        new SharedPools(index.names(Root.POOL), name -> ofNamed(Root.POOL, name), findings);
    this.injected = injected;
  }

  /**
   * Reads the settings of the registry, of its pools and of all its sessions.
   *
   * <p>A session exists when
   *
   * <ul>
   *   <li>a property name mentions it ({@code client-session.<name>.<anything>}), or
   *   <li>{@code client-session-registry.names} lists it, or
   *   <li>it is injected and at least one of its settings has a value, which is how environment
   *       variables alone can configure it: a variable's name does not tell the session's, or
   *   <li>it is injected and its name is {@value SessionSettings#DEFAULT_NAME}: that session needs
   *       no configuration at all.
   * </ul>
   *
   * <p>A session that another one extends exists when at least one of its settings has a value.
   *
   * <p>An injected name for which none of this holds is missing in the result; whoever injects it
   * has to say so. A pool that sessions share exists when a property name mentions it ({@code
   * client-session-pool.<name>.<anything>}), or when a session names it and at least one of its
   * settings has a value. A property that is present but empty counts as not set. Map entries
   * ({@code headers.<Name>}) are found by property names only: an environment variable can replace
   * the value of one, but not add one.
   *
   * @param config where to read
   * @param injectedNames names that injection points ask for
   * @return the settings, and the unknown keys that were tolerated
   * @throws InvalidConfigurationException if anything cannot be used; it lists every problem
   */
  public static ConfiguredRegistry read(Config config, Set<String> injectedNames) {
    return new SessionConfig(config, injectedNames).read();
  }

  private ConfiguredRegistry read() {
    RegistrySettings registry = readRegistry();
    Map<String, Generation> own = ownSettings(names(registry));
    Generation defaults =
        new Generation(SettingOrigin.DEFAULTS, layer(Root.DEFAULTS, DEFAULTS).assignments());
    Effects effects = new Effects(findings, registry.maxConnections() > 0);
    Explainer explainer = new Explainer();
    SessionReader reader = new SessionReader(own, defaults, pools, effects, explainer, findings);
    Map<String, SessionSettings> sessions = new TreeMap<>();
    for (String name : own.keySet()) {
      sessions.put(name, reader.read(name, layersOfTenants(name)));
    }
    Map<String, SharedPoolSettings> shared = pools.read(explainer);
    Findings unknown = unknownKeys(registry);
    boolean tolerated = registry.unknownKeys() == UnknownKeys.WARN;
    if (!tolerated) {
      findings.addAll(unknown);
    }
    findings.throwIfAny(sessions.keySet());
    Explanations explanations = sessions.isEmpty() ? Explanations.NONE : explainer;
    return new ConfiguredRegistry(registry, shared, sessions, unknown.sorted(), explanations);
  }

  private RegistrySettings readRegistry() {
    Draft<RegistrySettings> draft = new Draft<>(RegistrySettings.DEFAULTS, findings);
    draft.applyAll(layer(Root.REGISTRY, Set.of(Root.REGISTRY.prefix())).assignments());
    draft.settings().names().stream()
        .filter(name -> !PropertyKey.isName(name))
        .findFirst()
        .flatMap(name -> lookup.find(NAMES))
        .ifPresent(
            found ->
                findings.add(
                    new Problem(
                        found.key(),
                        Optional.of(found.text()),
                        found.source(),
                        found.ordinal(),
                        ConfigMessages.expected(ConfigMessages.SESSION_NAMES),
                        Optional.empty())));
    return draft.settings();
  }

  /** What each session sets itself; those that are extended come into being here. */
  private Map<String, Generation> ownSettings(Set<String> names) {
    Map<String, Generation> own = new TreeMap<>();
    Deque<String> left = new ArrayDeque<>(names);
    while (!left.isEmpty()) {
      String name = left.pop();
      if (!own.containsKey(name)) {
        Generation settings =
            new Generation(SettingOrigin.SESSION, ofNamed(Root.SESSION, name).assignments());
        own.put(name, settings);
        Ancestry.parentIn(settings)
            .filter(PropertyKey::isName)
            .filter(parent -> extended.add(parent) && ofNamed(Root.SESSION, parent).isSet())
            .ifPresent(left::add);
      }
    }
    return own;
  }

  private Map<String, Layer> layersOfTenants(String session) {
    Map<String, Layer> layers = new TreeMap<>();
    index
        .tenantsOf(session)
        .forEach((tenant, prefixes) -> layers.put(tenant, layer(Root.TENANT, prefixes)));
    return layers;
  }

  private Set<String> names(RegistrySettings registry) {
    Set<String> names = new TreeSet<>(index.names(Root.SESSION));
    names.addAll(registry.names());
    for (String name : injected) {
      if (name.equals(SessionSettings.DEFAULT_NAME) || ofNamed(Root.SESSION, name).isSet()) {
        names.add(name);
      }
    }
    names.removeIf(name -> !PropertyKey.isName(name));
    return names;
  }

  private Findings unknownKeys(RegistrySettings registry) {
    Set<String> declared = new TreeSet<>(injected);
    declared.addAll(registry.names());
    declared.addAll(extended);
    Map<Root, Set<String>> names = Map.of(Root.SESSION, declared, Root.POOL, pools.named());
    Findings unknown = new Findings();
    for (PropertyKey.Malformed key : index.unknown(names)) {
      Optional<Found> origin = lookup.origin(key.key());
      unknown.add(
          new Problem(
              key.key(),
              Optional.empty(),
              origin.map(Found::source).orElse(""),
              origin.map(Found::ordinal).orElse(0),
              key.description(),
              key.suggestion()));
    }
    return unknown;
  }

  private Layer ofNamed(Root root, String name) {
    return layer(root, index.prefixesOf(root, name));
  }

  private Layer layer(Root root, Set<String> prefixes) {
    return new Layer(root, prefixes, index, lookup, findings);
  }
}
