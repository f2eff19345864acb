package org.sessionregistry.servers.wire;

/**
 * A server on the loopback, of HTTP/1.1 and of HTTP/2 without TLS. {@code /echo} gives the body
 * back, and in {@code seen-…} some fields of the head and the trailer {@code checksum}; {@code
 * /refuse} answers 413 without reading; {@code /hints} says 103 with a link before it answers;
 * {@code /trailers} answers in two parts with the trailer {@code checksum: 42}.
 */
interface WireServer extends AutoCloseable {
  String origin();
}
