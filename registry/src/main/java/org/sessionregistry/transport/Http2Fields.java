package org.sessionregistry.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.OutgoingRequest;
import org.sessionregistry.connector.Route;

/**
 * The head of a request in the form of HTTP/2: pseudo-header fields, names in lower case, nothing
 * that is about an HTTP/1.1 connection (RFC 9113 section 8). A connection keeps one, because most
 * requests have the same names; confined to the event loop.
 */
final class Http2Fields {
  /** Names that are remembered; an application that makes names up must not fill the memory. */
  private static final int MOST_NAMES = 256;

  /** RFC 9113 section 8.2.2. */
  private static final Set<AsciiString> OF_A_CONNECTION =
      Set.of(
          HttpHeaderNames.CONNECTION,
          AsciiString.cached("keep-alive"),
          AsciiString.cached("proxy-connection"),
          HttpHeaderNames.TRANSFER_ENCODING,
          HttpHeaderNames.UPGRADE,
          AsciiString.cached("http2-settings"));

  /** Never put into a table that outlives the request (RFC 7541 section 7.1.3). */
  private static final Set<AsciiString> SECRET =
      Set.of(HttpHeaderNames.AUTHORIZATION, HttpHeaderNames.PROXY_AUTHORIZATION);

  private final AsciiString scheme;
  private final AsciiString authority;
  private final Map<String, AsciiString> names = new HashMap<>();

  Http2Fields(Route route) {
    this.scheme = AsciiString.cached(route.scheme());
    this.authority = AsciiString.cached(route.authority());
  }

  Http2Headers of(OutgoingRequest request) {
    String[] fields = request.headers();
    Http2Headers head = new DefaultHttp2Headers(false, fields.length / 2 + 4);
    head.method(request.method()).scheme(scheme).path(request.target());
    boolean named = false;
    for (int i = 0; i < fields.length; i += 2) {
      AsciiString name = lower(fields[i]);
      String value = fields[i + 1];
      if (name.contentEquals(HttpHeaderNames.HOST)) {
        head.authority(value);
        named = true;
      } else if (!OF_A_CONNECTION.contains(name) && (!isTe(name) || isTrailers(value))) {
        head.add(name, value);
      }
    }
    if (!named) {
      head.authority(authority);
    }
    return head;
  }

  /** What comes after the body (RFC 9113 section 8.1). */
  Http2Headers ofTrailers(String[] fields) {
    Http2Headers trailers = new DefaultHttp2Headers(false, fields.length / 2);
    for (int i = 0; i < fields.length; i += 2) {
      trailers.add(lower(fields[i]), fields[i + 1]);
    }
    return trailers;
  }

  static boolean isSecret(CharSequence name) {
    return SECRET.contains(AsciiString.of(name));
  }

  private static boolean isTe(AsciiString name) {
    return name.contentEquals(HttpHeaderNames.TE);
  }

  private static boolean isTrailers(String value) {
    return value.trim().equalsIgnoreCase("trailers");
  }

  private AsciiString lower(String name) {
    AsciiString known = names.get(name);
    if (known == null) {
      known = new AsciiString(name.toLowerCase(Locale.ROOT));
      if (names.size() < MOST_NAMES) {
        names.put(name, known);
      }
    }
    return known;
  }

  // ---- responses -----------------------------------------------------------------------------

  /** The status code, or -1 when there are not three digits. */
  static int status(Http2Headers head) {
    CharSequence text = head.status();
    if (text == null || text.length() != 3) {
      return -1;
    }
    int status = 0;
    for (int i = 0; i < 3; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      status = 10 * status + digit;
    }
    return status < 100 ? -1 : status;
  }

  /** Name, value, name, value, …, without the pseudo-header fields. */
  static String[] flatten(Http2Headers head) {
    String[] fields = new String[2 * head.size()];
    int n = 0;
    for (Map.Entry<CharSequence, CharSequence> field : head) {
      CharSequence name = field.getKey();
      if (name.length() > 0 && name.charAt(0) != ':') {
        fields[n++] = name.toString();
        fields[n++] = field.getValue().toString();
      }
    }
    return n == fields.length ? fields : Arrays.copyOf(fields, n);
  }

  /** The length that the response says its body has, or -1; what is no number is no length. */
  static long contentLength(Http2Headers head) {
    @Nullable CharSequence text = head.get(HttpHeaderNames.CONTENT_LENGTH);
    try {
      return text == null ? -1 : Long.parseLong(text.toString());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
