package org.sessionregistry;

import java.util.Optional;

/**
 * Says on whose behalf a request is sent, for a session that is a template of which each tenant has
 * its own ({@code tenancy=required} or {@code optional}). Asked once for each request, on the
 * thread that sends it, so that it may look at what belongs to that thread: a request-scoped bean,
 * a claim of the caller's token. It must not block for long. What it throws is what the request
 * fails with. Thread-safe implementations only.
 */
@FunctionalInterface
public interface TenantResolver {
  /**
   * The tenant of the current thread.
   *
   * @return the tenant's name; empty if there is none
   */
  Optional<String> tenant();
}
