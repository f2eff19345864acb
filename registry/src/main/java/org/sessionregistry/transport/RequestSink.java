package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.sessionregistry.connector.OutgoingRequest;

/**
 * Where the parts of one request go: onto a connection of HTTP/1.1, or into a stream of HTTP/2.
 * Each future is done when its part has reached the socket. Confined to the event loop but for
 * {@link #executor}.
 */
interface RequestSink {
  /** The event loop. */
  EventExecutor executor();

  /**
   * Whether more can be taken now; if not, {@link RequestWriter#writabilityChanged} comes later.
   */
  boolean takesMore();

  /** A request with all of its body, which may be empty. */
  Future<?> whole(OutgoingRequest request, ByteBuf body);

  /** The head of a request whose body follows in parts. */
  Future<?> head(OutgoingRequest request);

  /** A part of the body; given away. */
  Future<?> part(ByteBuf bytes);

  /**
   * The end of the body.
   *
   * @param trailers name, value, name, value, …
   */
  Future<?> end(String[] trailers);
}
