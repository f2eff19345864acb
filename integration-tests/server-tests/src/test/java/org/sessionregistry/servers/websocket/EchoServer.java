package org.sessionregistry.servers.websocket;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server of one of two independent makes on a free port of the loopback, with the same endpoints.
 * {@code /echo} sends each message back; {@code /chat} too, and chooses the subprotocol {@code
 * chat.v2}; {@code /bye} closes with 4001 at the first message; {@code /flood?n=…} sends n messages
 * of 1 KiB at once; anything else is answered with 404. In Jetty {@code /bearer} is an echo for the
 * token {@code right}, in Undertow {@code /digest} one for {@code user} with the password {@code
 * right}.
 */
public interface EchoServer extends AutoCloseable {
  /** The makes. */
  enum Make {
    JETTY,
    UNDERTOW;

    public EchoServer start(@Nullable SSLContext tls, boolean compression) throws Exception {
      return this == JETTY ? new JettyEcho(tls, compression) : new UndertowEcho(tls, compression);
    }
  }

  /** {@code ws://127.0.0.1:…} or {@code wss://…}. */
  String origin();

  int openConnections();

  /** The values that one header had in each opening handshake. */
  List<String> seen(String header);

  @Override
  void close() throws Exception;
}
