package org.sessionregistry.servers.wire;

import org.sessionregistry.settings.HttpVersionPreference;

/** A server and the version it is spoken to in. */
enum Upstream {
  JETTY_1_1(HttpVersionPreference.HTTP_1_1),
  JETTY_2(HttpVersionPreference.HTTP_2),
  UNDERTOW_1_1(HttpVersionPreference.HTTP_1_1),
  UNDERTOW_2(HttpVersionPreference.HTTP_2);

  final HttpVersionPreference version;

  Upstream(HttpVersionPreference version) {
    this.version = version;
  }

  boolean isJetty() {
    return name().startsWith("JETTY");
  }

  boolean isHttp2() {
    return version == HttpVersionPreference.HTTP_2;
  }

  WireServer start() throws Exception {
    return isJetty() ? new JettyWire() : new UndertowWire();
  }
}
