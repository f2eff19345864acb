package org.sessionregistry.exchange;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The WebSockets of a session that hold a connection. Thread-safe. */
public final class OpenWebSockets {
  private final Set<OpenWebSocket> sockets = ConcurrentHashMap.newKeySet();

  void add(OpenWebSocket socket) {
    sockets.add(socket);
  }

  void remove(OpenWebSocket socket) {
    sockets.remove(socket);
  }

  /** The session closes: so does each of them, with 1001. */
  public void goAway() {
    sockets.forEach(OpenWebSocket::goAway);
  }

  /** The session's time to close is over. */
  public void cutOff() {
    sockets.forEach(OpenWebSocket::cutOff);
  }
}
