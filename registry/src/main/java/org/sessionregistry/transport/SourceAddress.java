package org.sessionregistry.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import org.sessionregistry.settings.SessionSettings;

/**
 * The address that a session's connections start from ({@code local-address}). It has a family, and
 * hosts are reached only at their addresses of the same one.
 *
 * @param address an address of this machine, or so one hopes
 */
record SourceAddress(InetAddress address) {
  /**
   * Nothing can start from the address: not the fault of any that was to be connected to. The rule:
   * whoever remembers what fails does not remember this.
   */
  static final class BindException extends SocketException {
    private static final long serialVersionUID = 1;

    BindException(Throwable cause) {
      super(Reasons.innermost(cause));
      initCause(cause);
    }
  }

  static Optional<SourceAddress> of(SessionSettings settings) {
    return settings.localAddress().flatMap(Literals::parse).map(SourceAddress::new);
  }

  /** Those that can be reached from here, in the same order. */
  List<InetSocketAddress> reachable(List<InetSocketAddress> targets) {
    return targets.stream()
        .filter(target -> target.getAddress().getClass() == address.getClass())
        .toList();
  }

  /** Any port. */
  InetSocketAddress endpoint() {
    return new InetSocketAddress(address, 0);
  }

  String family() {
    return address.getAddress().length == 4 ? "IPv4" : "IPv6";
  }

  @Override
  public String toString() {
    return "local-address " + address.getHostAddress();
  }
}
