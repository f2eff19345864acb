package org.sessionregistry.transport;

import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What certificates are checked with on one way. Immutable, for any thread.
 *
 * @param server those of the server; null without TLS
 * @param proxy those of the proxy; null without TLS
 */
record Trust(@Nullable SSLContext server, @Nullable SSLContext proxy) {
  /** No TLS. */
  static final Trust NONE = new Trust(null, null);

  /** Reads what the way needs. The future must not be completed. */
  static CompletableFuture<Trust> load(DialContext context, Way way) {
    boolean proxied = way.secureProxy().isPresent();
    if (!way.route().secure()) {
      return proxied
          ? context.proxyTls().context().thenApply(proxy -> new Trust(null, proxy))
          : CompletableFuture.completedFuture(NONE);
    }
    CompletableFuture<SSLContext> server = context.tls().context();
    return proxied
        ? server.thenCombine(context.proxyTls().context(), Trust::new)
        : server.thenApply(loaded -> new Trust(loaded, null));
  }
}
