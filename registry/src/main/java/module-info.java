import org.sessionregistry.RegistryProvider;
import org.sessionregistry.runtime.StandardRegistryProvider;

/**
 * Named HTTP client sessions: the registry, its sessions and their connections.
 *
 * <p>What is not exported is internal and may change in any release. The names of Netty's modules
 * are the same in 4.1 (automatic modules) and in 4.2 (named ones): require no module here that only
 * one of them has.
 */
module org.sessionregistry {
  requires static cache.api;
  requires static com.aayushatharva.brotli4j;
  requires static com.github.luben.zstd_jni;
  requires static com.google.errorprone.annotations;
  requires static jakarta.json.bind;
  requires static java.management;
  requires static transitive org.jspecify;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.codec.http2;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.resolver;
  requires io.netty.transport;
  requires transitive java.net.http;

  exports org.sessionregistry;
  exports org.sessionregistry.cookie;
  exports org.sessionregistry.observe;
  exports org.sessionregistry.settings;

  uses RegistryProvider;

  provides RegistryProvider with
      StandardRegistryProvider;
}
