package org.sessionregistry.transport;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts into words why something failed that others have caught. Stateless, for any thread. */
final class Reasons {
  /** How many addresses a message names; the exception has them all. */
  private static final int MOST = 8;

  private Reasons() {}

  /** The innermost message: what the operating system or the certificate check said. */
  static String innermost(@Nullable Throwable failure) {
    String reason = "no address";
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 10; t = t.getCause(), depth++) {
      reason = t.getMessage() == null ? t.getClass().getSimpleName() : t.getMessage();
    }
    return reason;
  }

  /** Each address with its reason: {@code 192.0.2.7 Connection refused, 192.0.2.8 no answer}. */
  static String list(Map<SocketAddress, Throwable> reasons) {
    String listed =
        reasons.entrySet().stream()
            .limit(MOST)
            .map(e -> address(e.getKey()) + innermost(e.getValue()))
            .collect(Collectors.joining(", "));
    return reasons.size() > MOST ? listed + " and " + (reasons.size() - MOST) + " more" : listed;
  }

  /** A Unix socket has no address to tell it from others. */
  private static String address(SocketAddress address) {
    return address instanceof InetSocketAddress inet
        ? inet.getAddress().getHostAddress() + ' '
        : "";
  }

  /** The first reason, with the others suppressed in it. */
  static @Nullable Throwable together(Map<SocketAddress, Throwable> reasons) {
    Iterator<Throwable> all = reasons.values().iterator();
    if (!all.hasNext()) {
      return null;
    }
    Throwable first = all.next();
    while (all.hasNext()) {
      Throwable other = all.next();
      if (other != first) {
        first.addSuppressed(other);
      }
    }
    return first;
  }
}
