package org.sessionregistry.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.sessionregistry.settings.DnsPreference;

/**
 * The order in which the addresses of a host are tried (RFC 8305 section 4): the families take
 * turns, so that one of them being broken costs no more than one attempt; within a family the order
 * of the answer stays. Stateless, for any thread.
 */
final class AddressOrder {
  private AddressOrder() {}

  static List<InetAddress> of(List<InetAddress> answer, DnsPreference prefer) {
    if (answer.size() < 2) {
      return answer;
    }
    boolean v6First =
        switch (prefer) {
          case SYSTEM -> isV6(answer.get(0));
          case IPV4 -> false;
          case IPV6 -> true;
        };
    List<InetAddress> first = answer.stream().filter(a -> isV6(a) == v6First).toList();
    List<InetAddress> second = answer.stream().filter(a -> isV6(a) != v6First).toList();
    List<InetAddress> ordered = new ArrayList<>(answer.size());
    for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
      if (i < first.size()) {
        ordered.add(first.get(i));
      }
      if (i < second.size()) {
        ordered.add(second.get(i));
      }
    }
    return ordered;
  }

  private static boolean isV6(InetAddress address) {
    return address instanceof Inet6Address;
  }
}
