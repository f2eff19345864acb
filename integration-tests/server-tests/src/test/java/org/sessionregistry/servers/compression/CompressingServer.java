package org.sessionregistry.servers.compression;

/**
 * A server on the loopback, for both versions of HTTP, that gives {@link Page}s and compresses them
 * when they are not encoded already and the client accepts it. Every response says in {@code
 * seen-accept-encoding} what that was.
 */
interface CompressingServer extends AutoCloseable {
  String origin();

  @Override
  void close() throws Exception;
}
