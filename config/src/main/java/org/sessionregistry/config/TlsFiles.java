package org.sessionregistry.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.sessionregistry.RegistryProvider;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TlsSettings;

/**
 * Whether the files that TLS settings name can be used. The rule: they are looked at before any
 * session is opened, and one that several sessions use is told once, where it was set. Confined to
 * the thread that reads.
 */
final class TlsFiles {
  private static final String PREFIX = "tls.";

  private final Findings findings;
  private final Map<TlsSettings, Optional<InvalidSettingException>> known = new HashMap<>();

  TlsFiles(Findings findings) {
    this.findings = findings;
    known.put(TlsSettings.DEFAULTS, Optional.empty());
  }

  /**
   * Reports what cannot be used.
   *
   * @param all what is set, that of the session itself first
   */
  void check(List<Generation> all, SessionSettings settings) {
    known
        .computeIfAbsent(settings.tls(), tls -> provider().check(tls))
        .ifPresent(
            refusal ->
                assignment(all, refusal.key())
                    .ifPresent(a -> findings.add(a.refused(refusal.expected(), Optional.empty()))));
  }

  /** What is to blame: the setting that is named, or else any of TLS. */
  private static Optional<Assignment> assignment(List<Generation> all, String key) {
    return Generation.nearest(all, key)
        .or(
            () ->
                all.stream()
                    .flatMap(generation -> generation.assignments().stream())
                    .filter(a -> a.name().startsWith(PREFIX))
                    .findFirst());
  }

  private static RegistryProvider provider() {
    return ServiceLoader.load(RegistryProvider.class, RegistryProvider.class.getClassLoader())
        .findFirst()
        .orElseThrow(() -> new ServiceConfigurationError(ConfigMessages.NO_PROVIDER));
  }
}
