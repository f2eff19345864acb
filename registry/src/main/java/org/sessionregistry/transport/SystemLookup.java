package org.sessionregistry.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Asks somebody for the addresses of a host. May block, so never called on an event loop. */
@FunctionalInterface
public interface SystemLookup {
  /** Asks the JVM, which asks the operating system and keeps what it hears for a while. */
  SystemLookup JVM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * All addresses of a host, best first.
   *
   * @throws UnknownHostException if it has none
   */
  List<InetAddress> addresses(String host) throws UnknownHostException;
}
