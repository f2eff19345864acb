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

  private final Findings findings;

  Tenants(Findings findings) {
    this.findings = findings;
  }

  /**
   * A session with its tenants.
   *
   * @param layers what is set for each tenant, by the tenant's name
   * @param tenancy the assignment that makes the session a template, or fails to
   */
  SessionSettings read(
      SessionSettings session, Map<String, Layer> layers, Optional<Assignment> tenancy) {
    Map<String, List<Assignment>> assignments = new TreeMap<>();
    layers.forEach((tenant, layer) -> assignments.put(tenant, layer.assignments()));
    assignments.values().removeIf(List::isEmpty);
    if (assignments.isEmpty()) {
      return session;
    }
    SessionSettings template = TENANCY.set(session, TenancySettings.DEFAULTS);
    Map<String, SessionSettings> tenants = new TreeMap<>();
    assignments.forEach(
        (tenant, own) -> {
          Draft<SessionSettings> draft = new Draft<>(template, findings);
          draft.applyAll(effective(own, session));
          tenants.put(tenant, draft.settings());
        });
    if (session.tenancy().type() == TenancyType.NONE) {
      if (tenancy.isEmpty() || isNone(tenancy.get())) {
        Assignment first = assignments.values().iterator().next().get(0);
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
