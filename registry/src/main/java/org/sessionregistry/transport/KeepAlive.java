package org.sessionregistry.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a peer keeps a connection after a response (RFC 9112 section 9.3; the {@code Keep-Alive}
 * field is RFC 2068 section 19.7.1.1).
 */
final class KeepAlive {
  private static final Pattern TIMEOUT =
      Pattern.compile("(?:^|[\\s,;])timeout\\s*=\\s*\"?(\\d{1,9})", Pattern.CASE_INSENSITIVE);

  private KeepAlive() {}

  /** Nanoseconds; 0 when it closes the connection, {@link Long#MAX_VALUE} when it says nothing. */
  static long of(HttpResponse response) {
    if (!HttpUtil.isKeepAlive(response) || !hasEnd(response)) {
      return 0;
    }
    String hint = response.headers().get("Keep-Alive");
    if (hint == null) {
      return Long.MAX_VALUE;
    }
    Matcher matcher = TIMEOUT.matcher(hint);
    return matcher.find()
        ? TimeUnit.SECONDS.toNanos(Long.parseLong(matcher.group(1)))
        : Long.MAX_VALUE;
  }

  /** Transfer-Encoding on HTTP/1.0 cannot be trusted to end (RFC 9112 section 6.1). */
  private static boolean hasEnd(HttpResponse response) {
    return response.protocolVersion().isKeepAliveDefault()
        || !response.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
  }
}
