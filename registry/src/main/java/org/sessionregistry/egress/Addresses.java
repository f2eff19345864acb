package org.sessionregistry.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses as text, and addresses within addresses. The rule: nobody is ever asked for a name.
 * Stateless, for any thread.
 */
final class Addresses {
  private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern LIKE_V6 = Pattern.compile("[0-9A-Fa-f:]+:[0-9A-Fa-f:.]*");

  private Addresses() {}

  /** The address that a host is in its common form, without brackets. */
  static Optional<InetAddress> literal(String host) {
    if (!V4.matcher(host).matches() && !LIKE_V6.matcher(host).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException malformed) {
      return Optional.empty();
    }
  }

  /**
   * The address and every IPv4 address that may be reached through it: mapped (RFC 4291 section
   * 2.5.5), by NAT64 (RFC 6052), 6to4 (RFC 3056) or Teredo (RFC 4380).
   */
  static List<InetAddress> withEmbedded(InetAddress address) {
    byte[] bytes = address.getAddress();
    List<InetAddress> all = new ArrayList<>(3);
    all.add(address);
    if (bytes.length != 16) {
      return all;
    }
    boolean mapped = isZero(bytes, 0, 10) && bytes[10] == -1 && bytes[11] == -1;
    boolean compatible = isZero(bytes, 0, 12) && !isZero(bytes, 12, 15);
    boolean nat64 = startsWith(bytes, 0x00, 0x64, 0xFF, 0x9B) && isZero(bytes, 4, 12);
    if (mapped || compatible || nat64) {
      all.add(v4(bytes, 12, 0));
    } else if (startsWith(bytes, 0x20, 0x02)) {
      all.add(v4(bytes, 2, 0));
    } else if (startsWith(bytes, 0x20, 0x01, 0x00, 0x00)) {
      all.add(v4(bytes, 4, 0));
      all.add(v4(bytes, 12, 0xFF)); // its client's, all bits inverted
    }
    return all;
  }

  private static boolean startsWith(byte[] bytes, int... prefix) {
    for (int i = 0; i < prefix.length; i++) {
      if ((bytes[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static InetAddress v4(byte[] bytes, int from, int invert) {
    byte[] four = Arrays.copyOfRange(bytes, from, from + 4);
    for (int i = 0; i < four.length; i++) {
      four[i] ^= (byte) invert;
    }
    try {
      return InetAddress.getByAddress(four);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e); // four bytes are an address
    }
  }
}
