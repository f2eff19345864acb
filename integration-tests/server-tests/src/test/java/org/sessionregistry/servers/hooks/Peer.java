package org.sessionregistry.servers.hooks;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.sessionregistry.servers.hooks.Behaviour.Answer;
import org.sessionregistry.servers.hooks.Behaviour.Call;

/** A server on the loopback for HTTP/1.1 and HTTP/2, both without TLS. It keeps every call. */
abstract class Peer implements AutoCloseable {
  /** The servers there are. */
  enum Make {
    JETTY,
    UNDERTOW
  }

  private final Behaviour behaviour;

  /** Those that passed the guard. */
  final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  Peer(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  static Peer start(Make make, Guard guard, Behaviour behaviour) throws Exception {
    return make == Make.JETTY
        ? new JettyPeer(guard, behaviour)
        : new UndertowPeer(guard, behaviour);
  }

  abstract int port();

  String origin() {
    return "http://127.0.0.1:" + port();
  }

  Answer serve(Call call) {
    calls.add(call);
    return behaviour.answer(call);
  }

  @Override
  public abstract void close() throws Exception;
}
