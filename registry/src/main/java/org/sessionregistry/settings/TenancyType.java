package org.sessionregistry.settings;

/** Whether a session is one for all, or a template of which each tenant gets its own. */
public enum TenancyType {
  /** One session for all; it knows no tenants. */
  NONE,
  /** A template: each tenant gets its own session, and without a tenant there is none. */
  REQUIRED,
  /** A template that can also be used itself, by whoever is no tenant. */
  OPTIONAL
}
