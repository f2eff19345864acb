package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.sessionregistry.egress.ProxyServer;
import org.sessionregistry.settings.Secret;

/**
 * A way through a SOCKS 5 proxy (RFC 1928), with user name and password if there are any (RFC
 * 1929). Names are sent as they are, for the proxy to resolve. Confined to the event loop.
 */
final class SocksTunnel extends Tunnel {
  private static final int VERSION = 5;
  private static final int NO_AUTHENTICATION = 0;
  private static final int USER_AND_PASSWORD = 2;
  private static final int NONE_ACCEPTABLE = 0xFF;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int DOMAIN = 3;
  private static final int IPV6 = 4;
  private static final int LONGEST_NAME = 255;

  private enum Step {
    METHOD,
    AUTHENTICATION,
    REPLY
  }

  private Step step = Step.METHOD;

  SocksTunnel(Way way, ProxyServer proxy, Outcome outcome) {
    super(way, proxy, outcome);
  }

  @Override
  void begin(ChannelHandlerContext ctx) {
    if (way.route().host().length() > LONGEST_NAME) {
      refuse("SOCKS takes names of up to 255 bytes", null);
      return;
    }
    if (proxy.username().isPresent()) {
      send(ctx, bytes(ctx, VERSION, 2, NO_AUTHENTICATION, USER_AND_PASSWORD));
    } else {
      send(ctx, bytes(ctx, VERSION, 1, NO_AUTHENTICATION));
    }
  }

  @Override
  String step() {
    return switch (step) {
      case METHOD -> "before it had answered";
      case AUTHENTICATION -> "instead of looking at user name and password";
      case REPLY -> "before it had connected";
    };
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (isOver()) {
      in.skipBytes(in.readableBytes());
      return;
    }
    switch (step) {
      case METHOD -> method(ctx, in);
      case AUTHENTICATION -> authentication(ctx, in);
      case REPLY -> reply(ctx, in);
    }
  }

  /** RFC 1928 section 3. */
  private void method(ChannelHandlerContext ctx, ByteBuf in) {
    if (isOtherThan(VERSION, in) || in.readableBytes() < 2) {
      return;
    }
    in.skipBytes(1);
    int method = in.readUnsignedByte();
    if (method == NO_AUTHENTICATION) {
      request(ctx);
    } else if (method == USER_AND_PASSWORD && proxy.username().isPresent()) {
      step = Step.AUTHENTICATION;
      authenticate(ctx, proxy.username().get(), proxy.password().map(Secret::value).orElse(""));
    } else if (method == NONE_ACCEPTABLE) {
      refuseCredentials(
          proxy.username().isPresent()
              ? "it takes no user name and password"
              : "it lets nobody in without authentication",
          List.of());
    } else {
      refuse("it chose authentication method " + method + ", which it was not offered", null);
    }
  }

  /** RFC 1929 section 2. */
  private void authenticate(ChannelHandlerContext ctx, String name, String password) {
    ByteBuf message = bytes(ctx, 1);
    write(message, name.getBytes(StandardCharsets.UTF_8));
    write(message, password.getBytes(StandardCharsets.UTF_8));
    send(ctx, message);
  }

  private void authentication(ChannelHandlerContext ctx, ByteBuf in) {
    if (in.readableBytes() < 2) {
      return;
    }
    in.skipBytes(1); // its version, which some get wrong
    int status = in.readUnsignedByte();
    if (status == 0) {
      request(ctx);
    } else {
      refuseCredentials("SOCKS status " + status, List.of());
    }
  }

  /** RFC 1928 section 4. */
  private void request(ChannelHandlerContext ctx) {
    step = Step.REPLY;
    String host = way.route().host();
    Optional<InetAddress> address = Literals.parse(host);
    int type = address.map(known -> known instanceof Inet4Address ? IPV4 : IPV6).orElse(DOMAIN);
    ByteBuf message = bytes(ctx, VERSION, CONNECT, 0, type);
    if (address.isPresent()) {
      message.writeBytes(address.get().getAddress());
    } else {
      write(message, host.getBytes(StandardCharsets.US_ASCII));
    }
    message.writeShort(way.route().port());
    send(ctx, message);
  }

  /** RFC 1928 section 6. */
  private void reply(ChannelHandlerContext ctx, ByteBuf in) {
    if (isOtherThan(VERSION, in) || in.readableBytes() < 2) {
      return;
    }
    int status = in.getUnsignedByte(in.readerIndex() + 1);
    if (status != 0) {
      refuse("SOCKS status " + status + ", " + meaning(status), null);
      return;
    }
    if (in.readableBytes() < 5) {
      return;
    }
    int type = in.getUnsignedByte(in.readerIndex() + 3);
    int length =
        switch (type) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case DOMAIN -> 1 + in.getUnsignedByte(in.readerIndex() + 4);
          default -> -1;
        };
    if (length < 0) {
      refuse("its answer has the address type " + type + ", which SOCKS 5 does not know", null);
    } else if (in.readableBytes() >= 4 + length + 2) {
      in.skipBytes(4 + length + 2);
      succeed(ctx);
    }
  }

  private boolean isOtherThan(int version, ByteBuf in) {
    int first = in.getUnsignedByte(in.readerIndex());
    if (first == version) {
      return false;
    }
    refuse("it does not speak SOCKS 5, its answer begins with the byte " + first, null);
    return true;
  }

  private static String meaning(int status) {
    return switch (status) {
      case 1 -> "general failure";
      case 2 -> "its rules do not allow it";
      case 3 -> "network unreachable";
      case 4 -> "host unreachable";
      case 5 -> "connection refused";
      case 6 -> "time to live expired";
      case 7 -> "command not supported";
      case 8 -> "address type not supported";
      default -> "which RFC 1928 does not know";
    };
  }

  private static ByteBuf bytes(ChannelHandlerContext ctx, int... values) {
    ByteBuf message = ctx.alloc().buffer(64);
    for (int value : values) {
      message.writeByte(value);
    }
    return message;
  }

  /** With its length in front. */
  private static void write(ByteBuf message, byte[] bytes) {
    message.writeByte(bytes.length);
    message.writeBytes(bytes);
  }

  private static void send(ChannelHandlerContext ctx, ByteBuf message) {
    ctx.writeAndFlush(message, ctx.voidPromise());
  }
}
