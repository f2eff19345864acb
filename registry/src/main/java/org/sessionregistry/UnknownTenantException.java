package org.sessionregistry;

/**
 * A session that is a template ({@code tenancy=required}) was used, and nobody could say for which
 * tenant. Nothing was sent.
 */
public class UnknownTenantException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * Says whose tenant is missing, and what would give it.
   *
   * @param session the session's name
   * @param resolver whether there is a {@link TenantResolver}, which gave none
   */
  public UnknownTenantException(String session, boolean resolver) {
    super(
        "session '"
            + session
            + "' needs a tenant (tenancy=required), and "
            + (resolver ? "its TenantResolver gave none" : "it has no TenantResolver")
            + "; nothing was sent. SessionRegistry.session(name, tenant) gives the session of a"
            + " tenant, and tenancy=optional allows to use it without one");
  }
}
