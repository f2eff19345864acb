package org.sessionregistry.servers.httpclient;

/** A server on a port of the loopback. */
interface Upstream extends AutoCloseable {
  /** Servers that are independent of each other and of the library. */
  enum Make {
    JETTY,
    UNDERTOW;

    Upstream start() throws Exception {
      return this == JETTY ? new JettyUpstream() : new UndertowUpstream();
    }
  }

  String origin();

  Routes routes();

  int openConnections();

  @Override
  void close() throws Exception;
}
