package org.sessionregistry.servers.exchange;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The servers that peers are made of; independent of each other and of the library. */
enum PeerKind {
  JETTY,
  UNDERTOW;

  Peer start(Behaviour behaviour, @Nullable SSLContext tls) {
    return this == JETTY ? new JettyPeer(behaviour, tls) : new UndertowPeer(behaviour, tls);
  }
}
