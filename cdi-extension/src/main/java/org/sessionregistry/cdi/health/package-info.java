/**
 * The readiness of an application that depends on sessions, for MicroProfile Health.
 *
 * <p>{@link org.sessionregistry.cdi.health.ConnectionFailures} hears how the requests of a session
 * fare, {@link org.sessionregistry.cdi.health.SessionHealth} judges one session, and {@link
 * org.sessionregistry.cdi.health.SessionsReadiness} tells MicroProfile Health: the only class that
 * meets its API, loaded only where the API is.
 */
@NullMarked
package org.sessionregistry.cdi.health;

import org.jspecify.annotations.NullMarked;
