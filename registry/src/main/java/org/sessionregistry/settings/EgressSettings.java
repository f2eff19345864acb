package org.sessionregistry.settings;

import java.util.List;

/**
 * Where the connections of a session may lead, redirects and proxies included.
 *
 * @param allow hosts and blocks of addresses; empty for all
 * @param deny hosts and blocks of addresses, whatever is allowed
 */
public record EgressSettings(
    @Setting(
            "Hosts (name, *.domain, .domain, address, block such as 10.0.0.0/8; :port at will) that"
                + " connections may lead to, comma separated; all unless it is set. Addresses are"
                + " those that the name really has when a connection is opened.")
        List<String> allow,
    @Setting(
            "Hosts that connections must not lead to, even if they are allowed; private stands for"
                + " loopback, link-local, private and metadata addresses.")
        List<String> deny) {

  /** The default: no rules. */
  public static final EgressSettings DEFAULTS = new EgressSettings(List.of(), List.of());

  /** Refuses entries that are no host patterns. */
  public EgressSettings {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    Check.hosts("egress.allow", allow);
    Check.hosts("egress.deny", deny);
  }

  /**
   * A copy that allows these and nothing else.
   *
   * @param value entries as {@link HostPattern} describes them; empty for everything
   * @return the copy
   */
  public EgressSettings withAllow(List<String> value) {
    return new EgressSettings(value, deny);
  }

  /**
   * A copy that denies these.
   *
   * @param value entries as {@link HostPattern} describes them
   * @return the copy
   */
  public EgressSettings withDeny(List<String> value) {
    return new EgressSettings(allow, value);
  }
}
