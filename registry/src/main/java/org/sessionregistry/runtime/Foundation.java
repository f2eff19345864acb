package org.sessionregistry.runtime;

import org.sessionregistry.connector.Dialer;
import org.sessionregistry.exchange.SessionBlueprint;
import org.sessionregistry.settings.SessionSettings;

/**
 * What stands under sessions with the same settings: the tenants of a template have one in common.
 * Thread-safe.
 *
 * @param blueprint what settings and hooks come to
 * @param terms what connections are opened with
 * @param dialer opens them
 */
record Foundation(SessionBlueprint blueprint, ConnectionTerms terms, Dialer dialer) {
  SessionSettings settings() {
    return blueprint.settings();
  }
}
