package org.sessionregistry.transport;

import java.net.InetSocketAddress;
import org.sessionregistry.connector.Connection;

/** A connection as those see it who opened it. */
interface NettyConnection extends Connection {
  /** What a peer may say before its response; who says more would hold the exchange for ever. */
  int MOST_INFORMATIONAL = 100;

  String TOO_MANY_INFORMATIONAL =
      "more than " + MOST_INFORMATIONAL + " informational responses before the final one";

  /** The address it was opened to; told before anybody else knows the connection. */
  default void leadsTo(InetSocketAddress address) {}

  /**
   * What is done on the event loop whenever an exchange begins; set there, before the first one.
   */
  void whenUsed(Runnable action);
}
