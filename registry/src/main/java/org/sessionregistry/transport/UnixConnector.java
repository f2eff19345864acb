package org.sessionregistry.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Scheduler;

/**
 * Opens Unix domain sockets for a {@link ConnectRace}. Where TCP waits for a server that has too
 * many connections to accept, Linux refuses at once (EAGAIN); so it is asked again until the race
 * is over. Confined to the event loop.
 */
final class UnixConnector implements ConnectRace.Connector<DialedSocket> {
  private static final String BUSY = "Resource temporarily unavailable";
  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final SocketOpening opening;
  private final Scheduler scheduler;

  UnixConnector(SocketOpening opening, Scheduler scheduler) {
    this.opening = opening;
    this.scheduler = scheduler;
  }

  @Override
  public DialedSocket connect(SocketAddress address, Consumer<@Nullable Throwable> outcome) {
    return new UnixSocket(address, outcome);
  }

  /** One socket after the other, of which the last is connected. */
  private final class UnixSocket implements DialedSocket {
    private final SocketAddress address;
    private final Consumer<@Nullable Throwable> outcome;
    private Wire wire;
    private Channel channel;
    private Scheduler.Timer timer = () -> {};
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private boolean closed;

    UnixSocket(SocketAddress address, Consumer<@Nullable Throwable> outcome) {
      this.address = address;
      this.outcome = outcome;
      this.wire = opening.wires().get();
      ChannelFuture connecting = begin(wire);
      this.channel = connecting.channel();
      opening.tell(connecting, this::ended);
    }

    private ChannelFuture begin(Wire next) {
      return opening.bootstrap(NioDomainSocketChannel.class, next).connect(address);
    }

    private void ended(@Nullable Throwable failure) {
      if (failure == null || !Reasons.innermost(failure).startsWith(BUSY)) {
        outcome.accept(failure);
      } else if (!closed) {
        timer = scheduler.schedule(pauseNanos, () -> opening.onLoop().execute(this::again));
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
      }
    }

    private void again() {
      if (!closed) {
        wire = opening.wires().get();
        ChannelFuture connecting = begin(wire);
        channel = connecting.channel();
        opening.tell(connecting, this::ended);
      }
    }

    @Override
    public SocketAddress address() {
      return address;
    }

    @Override
    public Channel channel() {
      return channel;
    }

    @Override
    public Wire wire() {
      return wire;
    }

    @Override
    public void close(Runnable gone) {
      closed = true;
      timer.cancel();
      channel.close().addListener(last -> gone.run());
    }
  }
}
