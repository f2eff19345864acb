package org.sessionregistry.settings;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * All addresses that begin with the same bits (RFC 4632 section 3.1, RFC 4291 section 2.3). The
 * rule: nobody is ever asked for a name. Immutable, for any thread.
 */
final class AddressBlock {
  private final byte[] prefix;
  private final int bits;

  private AddressBlock(byte[] prefix, int bits) {
    this.prefix = prefix;
    this.bits = bits;
  }

  /** {@code 10.0.0.0/8}, {@code fc00::/7}, or an address, which is a block of its own. */
  static Optional<AddressBlock> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    String length = slash < 0 ? "" : text.substring(slash + 1);
    return IpLiteral.parse(address)
        .map(InetAddress::getAddress)
        .flatMap(
            bytes -> {
              if (slash < 0) {
                return Optional.of(new AddressBlock(bytes, 8 * bytes.length));
              }
              return length.matches("\\d{1,3}") && Integer.parseInt(length) <= 8 * bytes.length
                  ? Optional.of(new AddressBlock(bytes, Integer.parseInt(length)))
                  : Optional.empty();
            });
  }

  /** One that is known to be right. */
  static AddressBlock of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  /** Whether an address is in it; one of the other family never is. */
  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != prefix.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(bytes, 0, whole, prefix, 0, whole)) {
      return false;
    }
    int mask = 0xFF00 >> (bits % 8) & 0xFF;
    return mask == 0 || (bytes[whole] & mask) == (prefix[whole] & mask);
  }
}
