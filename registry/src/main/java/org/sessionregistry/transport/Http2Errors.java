package org.sessionregistry.transport;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Puts what a peer says with an error code (RFC 9113 section 7) into words. Stateless. */
final class Http2Errors {
  private static final int MOST_DEBUG = 100;

  private Http2Errors() {}

  /** As in {@code CANCEL (0x8)}. */
  static String text(long code) {
    Http2Error known = code < 0 || code > 0xd ? null : Http2Error.valueOf(code);
    return (known == null ? "unknown error" : known.name())
        + " (0x"
        + Long.toHexString(code).toLowerCase(Locale.ROOT)
        + ")";
  }

  /** Why a connection ends of which the peer said so. */
  static IOException goAway(long code, ByteBuf debugData) {
    String said =
        debugData.toString(
            debugData.readerIndex(),
            Math.min(MOST_DEBUG, debugData.readableBytes()),
            StandardCharsets.US_ASCII);
    return new IOException(
        "the peer went away (GOAWAY: "
            + text(code)
            + (said.isEmpty() ? "" : ", \"" + CertificateText.safe(said) + "\"")
            + ")");
  }
}
