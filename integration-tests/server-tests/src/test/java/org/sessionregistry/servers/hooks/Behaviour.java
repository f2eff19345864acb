package org.sessionregistry.servers.hooks;

import java.util.Map;

/** What a server answers to those who passed its guard. Called on the server's threads. */
@FunctionalInterface
interface Behaviour {
  /** The authorization is empty when none was sent. */
  record Call(String path, String authorization) {}

  /** An answer. */
  record Answer(int status, Map<String, String> headers, String body) {
    static Answer ok(String body) {
      return new Answer(200, Map.of(), body);
    }
  }

  Answer answer(Call call);
}
