package org.sessionregistry.settings;

/** Whether an application's health depends on a session. */
public enum HealthType {
  /** It does not. */
  NONE,
  /** The application is not ready for requests while the session cannot serve its own. */
  READINESS
}
