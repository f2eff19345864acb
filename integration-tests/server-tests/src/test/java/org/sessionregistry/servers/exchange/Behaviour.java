package org.sessionregistry.servers.exchange;

/** What a peer does with a request. Runs on a thread of the peer, which it may block. */
@FunctionalInterface
interface Behaviour {
  void answer(Call call) throws Exception;
}
