package org.sessionregistry.servers.proxies;

/**
 * A proxy on the loopback.
 *
 * @param url what {@code proxy.url} has
 * @param port its port
 * @param running ends it
 */
record Proxy(String url, int port, AutoCloseable running) {}
