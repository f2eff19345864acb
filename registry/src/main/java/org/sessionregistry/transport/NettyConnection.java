package org.sessionregistry.transport;

import org.sessionregistry.connector.Connection;

/** A connection as those see it who opened it. */
interface NettyConnection extends Connection {
  /**
   * What is done on the event loop whenever an exchange begins; set there, before the first one.
   */
  void whenUsed(Runnable action);
}
