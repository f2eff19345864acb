package org.sessionregistry.settings;

/** Who decided the value of a setting, the strongest first. */
public enum SettingOrigin {
  /** A key of the tenant. */
  TENANT,
  /** A key of the session. */
  SESSION,
  /** A key of a session that this one extends. */
  EXTENDED,
  /** A key of the pool that the session shares. */
  POOL,
  /** A key for all sessions. */
  DEFAULTS,
  /** Nobody: it is built in. */
  BUILT_IN
}
