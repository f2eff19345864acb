package org.sessionregistry.servers.exchange;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The servers that peers are made of, and what is spoken to them; independent of the library. */
enum PeerKind {
  JETTY,
  UNDERTOW,
  /** With prior knowledge; there is no TLS. */
  JETTY_HTTP2;

  Peer start(Behaviour behaviour, @Nullable SSLContext tls) {
    return this == UNDERTOW
        ? new UndertowPeer(behaviour, tls)
        : new JettyPeer(behaviour, tls, this == JETTY_HTTP2);
  }
}
