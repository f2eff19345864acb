package org.sessionregistry.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sessionregistry.transport.Http2World.get;
import static org.sessionregistry.transport.Http2World.request;
import static org.sessionregistry.transport.Http2World.send;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.connector.Connection;
import org.sessionregistry.transport.Http2World.Heard;
import org.sessionregistry.transport.Http2World.Told;

/**
 * No buffer of Netty's is lost, however an exchange ends; its detector watches every single one.
 */
class Http2LeakTest {
  private static final int ROUNDS = 20;

  @RegisterExtension final Http2World world = new Http2World();

  @Test
  void noBufferIsLostHoweverAnExchangeEnds() throws Exception {
    Leaks.forget();
    for (int round = 0; round < ROUNDS; round++) {
      endInEveryWay();
    }
    assertThat(Leaks.found()).isEmpty();
  }

  private void endInEveryWay() throws Exception {
    Heard heard = world.open(new Http2Settings().initialWindowSize(1000));
    Connection connection = heard.connection();
    Told well = get(connection);
    world.peer.next("HEADERS");
    world.peer.head(1, false, ":status", "200");
    world.peer.data(1, 5000, true);
    well.awaitEnded();

    Told reset = send(connection, request("POST", new byte[200_000], null, 200_000));
    world.peer.next("DATA");
    world.peer.reset(3, Http2Error.CANCEL);
    reset.failure();

    Told early = send(connection, request("POST", new byte[5000], null, 5000));
    world.peer.next("DATA");
    world.peer.head(5, true, ":status", "413");
    early.awaitEnded();

    Told cancelled = get(connection);
    world.peer.next("HEADERS");
    cancelled.wantsMore = false;
    world.peer.head(7, false, ":status", "200");
    world.peer.data(7, 5000, false);
    cancelled.part();
    connection.cancel(cancelled);
    cancelled.failure();
    world.peer.data(7, 5000, false);

    Told lost = send(connection, request("POST", new byte[5000], null, 5000));
    world.peer.next("DATA");
    world.peer.goAway(7, Http2Error.NO_ERROR, "enough");
    lost.failure();
    world.peer.hangUp();
    heard.awaitClosed();
  }
}
