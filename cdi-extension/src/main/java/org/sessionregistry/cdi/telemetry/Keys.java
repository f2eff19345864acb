package org.sessionregistry.cdi.telemetry;

import io.opentelemetry.api.common.AttributeKey;

/**
 * The attributes that are set: those of the semantic conventions for HTTP clients, and ours, which
 * begin with {@code session}.
 */
final class Keys {
  static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<String> METHOD_ORIGINAL =
      AttributeKey.stringKey("http.request.method_original");
  static final AttributeKey<Long> RESEND_COUNT = AttributeKey.longKey("http.request.resend_count");
  static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
  static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
  static final AttributeKey<String> URL_FULL = AttributeKey.stringKey("url.full");
  static final AttributeKey<String> URL_SCHEME = AttributeKey.stringKey("url.scheme");
  static final AttributeKey<String> URL_TEMPLATE = AttributeKey.stringKey("url.template");
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> PROTOCOL_VERSION =
      AttributeKey.stringKey("network.protocol.version");
  static final AttributeKey<String> PEER_ADDRESS = AttributeKey.stringKey("network.peer.address");
  static final AttributeKey<Long> PEER_PORT = AttributeKey.longKey("network.peer.port");
  static final AttributeKey<String> CONNECTION_STATE =
      AttributeKey.stringKey("http.connection.state");

  static final AttributeKey<String> SESSION = AttributeKey.stringKey("session.name");
  static final AttributeKey<String> POOL = AttributeKey.stringKey("session.pool.name");
  static final AttributeKey<Double> POOL_WAIT =
      AttributeKey.doubleKey("session.pool.connection.wait_time");

  private Keys() {}
}
