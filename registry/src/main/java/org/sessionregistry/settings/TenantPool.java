package org.sessionregistry.settings;

/** Whose connections the tenants of a session use. */
public enum TenantPool {
  /** Those of one pool, in which the tenants take turns. */
  SHARED,
  /** Those of a pool of their own. */
  ISOLATED
}
