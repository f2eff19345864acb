/** What OpenTelemetry's SDK is told of sessions, and what servers get of it. */
@NullMarked
package org.sessionregistry.servers.telemetry;

import org.jspecify.annotations.NullMarked;
