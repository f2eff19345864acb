package org.sessionregistry.settings;

/** Which of a host's addresses is tried first; the other family takes turns with it. */
public enum DnsPreference {
  /** The first address that the system gives. */
  SYSTEM,
  /** The first IPv4 address. */
  IPV4,
  /** The first IPv6 address. */
  IPV6
}
