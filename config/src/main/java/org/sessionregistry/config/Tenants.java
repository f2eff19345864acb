package org.sessionregistry.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TenancySettings;
import org.sessionregistry.settings.TenancyType;
import org.sessionregistry.settings.TenantPool;

/**
 * What a session says about those of its tenants that differ from it. The rule: a tenant starts
 * from the finished settings of its session, and what it does not set stays the very same object.
 * Confined to the thread that reads.
 */
final class Tenants {
  private static final RecordPath TENANCY = RecordPath.to(SessionSettings.class, "tenancy");
  private static final RecordPath TENANTS = RecordPath.to(SessionSettings.class, "tenants");

  private final TlsFiles tlsFiles;
  private final Findings findings;

  Tenants(TlsFiles tlsFiles, Findings findings) {
    this.tlsFiles = tlsFiles;
    this.findings = findings;
  }

  /**
   * A session with its tenants.
   *
   * @param all what is set for the session, that of its own first
   * @param assignments what is set for each tenant, by the tenant's name
   */
  SessionSettings read(
      SessionSettings session, List<Generation> all, Map<String, Generation> assignments) {
    if (assignments.isEmpty()) {
      return session;
    }
    SessionSettings template = TENANCY.set(session, TenancySettings.DEFAULTS);
    Map<String, SessionSettings> tenants = new TreeMap<>();
    assignments.forEach(
        (tenant, own) -> {
          int before = findings.size();
          Draft<SessionSettings> draft = new Draft<>(template, findings);
          draft.applyAll(effective(own.assignments(), session));
          tenants.put(tenant, draft.settings());
          List<Generation> together = new ArrayList<>(List.of(own));
          together.addAll(all);
          if (findings.size() == before) {
            tlsFiles.check(together, draft.settings());
          }
        });
    if (session.tenancy().type() == TenancyType.NONE) {
      Optional<Assignment> tenancy = Generation.nearest(all, EntryRules.TENANCY);
      if (tenancy.isEmpty() || isNone(tenancy.get())) {
        Assignment first = assignments.values().iterator().next().assignments().get(0);
        findings.add(first.refused(ConfigMessages.NO_TENANCY, Optional.empty()));
      }
      return session;
    }
    return TENANTS.set(session, tenants);
  }

  /** What has an effect; what has none is reported. */
  private List<Assignment> effective(List<Assignment> own, SessionSettings session) {
    if (session.tenancy().type() == TenancyType.NONE
        || session.tenancy().pool() == TenantPool.ISOLATED) {
      return own;
    }
    List<Assignment> effective = new ArrayList<>();
    for (Assignment assignment : own) {
      if (EntryRules.isOfPool(assignment.setting())) {
        findings.add(assignment.refused(ConfigMessages.SHARED_BY_TENANTS, Optional.empty()));
      } else {
        effective.add(assignment);
      }
    }
    return effective;
  }

  private static boolean isNone(Assignment tenancy) {
    return tenancy.found().failure().isEmpty() && tenancy.found().text().strip().equals("none");
  }
}
