package org.sessionregistry.exchange;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Headers;
import org.sessionregistry.RequestBody;
import org.sessionregistry.connector.HeaderBlock;
import org.sessionregistry.connector.Route;
import org.sessionregistry.content.ContentCoding;
import org.sessionregistry.settings.HeaderSyntax;
import org.sessionregistry.settings.SessionSettings;

/**
 * Puts the header fields of a request together: what the request says wins over what the session
 * says, the session's defaults go to the origin of its base URL only, and the framing is ours (RFC
 * 9112 section 6). Thread-safe.
 */
final class HeaderMerge {
  private static final Set<String> BODY_EXPECTED = Set.of("POST", "PUT", "PATCH");

  /** What is said to one origin only. */
  private static final Set<String> OF_THE_ORIGIN =
      Set.of("host", "authorization", "cookie", "proxy-authorization");

  private record Default(String name, String value, boolean anywhere) {
    boolean goesTo(Target target) {
      return anywhere || target.ofBase();
    }
  }

  /** What a request gets that says nothing itself. */
  private record Plain(Route route, boolean ofBase, String jarCookies, HeaderBlock block) {
    boolean isFor(Target target, String cookies) {
      return target.ofBase() == ofBase
          && target.route().equals(route)
          && cookies.equals(jarCookies);
    }
  }

  private final List<Default> defaults = new ArrayList<>();
  private final String userAgent;

  /** Empty when nothing is decompressed. */
  private final String acceptEncoding;

  /** The last one; most requests of a session say the same. */
  private volatile @Nullable Plain plain;

  HeaderMerge(SessionSettings settings) {
    Set<String> anywhere = new HashSet<>();
    settings.headersAnywhere().forEach(name -> anywhere.add(name.toLowerCase(Locale.ROOT)));
    for (Map.Entry<String, String> header : settings.headers().entrySet()) {
      boolean toAny = anywhere.contains(header.getKey().toLowerCase(Locale.ROOT));
      defaults.add(new Default(header.getKey(), header.getValue(), toAny));
    }
    userAgent = settings.userAgent();
    acceptEncoding = settings.decompress() ? ContentCoding.accepted() : "";
  }

  /**
   * All of it.
   *
   * @param authorization what the session's credentials say; null for nothing
   */
  HeaderBlock merge(Outgoing request, String jarCookies, @Nullable String authorization) {
    if (authorization != null || !request.saysNothing()) {
      return HeaderBlock.of(merged(request, jarCookies, authorization));
    }
    Plain known = plain;
    if (known == null || !known.isFor(request.target(), jarCookies)) {
      HeaderBlock block = HeaderBlock.shared(merged(request, jarCookies, null));
      known = new Plain(request.target().route(), request.target().ofBase(), jarCookies, block);
      plain = known;
    }
    return known.block;
  }

  private String[] merged(Outgoing request, String jarCookies, @Nullable String authorization) {
    List<String> fields = fields(request, jarCookies, authorization);
    addFraming(fields, request);
    return fields.toArray(String[]::new);
  }

  /**
   * Whether content codings are taken off the answer: unless the session is told not to, or the
   * request says itself what it accepts and so gets what it asked for.
   */
  boolean decodes(Outgoing request) {
    return !acceptEncoding.isEmpty() && !request.headers().contains("Accept-Encoding");
  }

  /** What an interceptor has seen and said, framed. */
  String[] frame(Outgoing request) {
    List<String> fields = new ArrayList<>(2 * request.headers().size() + 4);
    if (!request.headers().contains("Host")) {
      add(fields, "Host", request.target().route().authority());
    }
    request.headers().forEach((name, value) -> add(fields, name, value));
    addFraming(fields, request);
    return fields.toArray(String[]::new);
  }

  /**
   * What an interceptor may take along to another origin: all that it says itself, but nothing that
   * the session had said for the first one.
   *
   * @param shown what the interceptor has seen
   * @param said what it sends
   */
  Headers elsewhere(Headers shown, Headers said) {
    Set<String> bound = new HashSet<>(OF_THE_ORIGIN);
    defaults.stream()
        .filter(header -> !header.anywhere)
        .forEach(header -> bound.add(header.name.toLowerCase(Locale.ROOT)));
    return said.filter(
        name ->
            !bound.contains(name.toLowerCase(Locale.ROOT))
                || !said.first(name).equals(shown.first(name)));
  }

  private static boolean contains(List<String> fields, String name) {
    for (int i = 0; i < fields.size(); i += 2) {
      if (fields.get(i).equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** All but the framing. */
  List<String> fields(Outgoing request, String jarCookies, @Nullable String authorization) {
    Headers own = request.headers();
    Target target = request.target();
    List<String> fields = new ArrayList<>(2 * (own.size() + defaults.size() + 5));
    if (!isSet("Host", own, target)) {
      add(fields, "Host", target.route().authority());
    }
    if (!userAgent.isEmpty() && !isSet("User-Agent", own, target)) {
      add(fields, "User-Agent", userAgent);
    }
    if (!acceptEncoding.isEmpty() && !isSet("Accept-Encoding", own, target)) {
      add(fields, "Accept-Encoding", acceptEncoding);
    }
    RequestBody body = request.body();
    boolean bodiless = body.contentLength().equals(OptionalLong.of(0));
    for (Default header : defaults) {
      boolean isType = header.name.equalsIgnoreCase("Content-Type");
      if (isType && (bodiless || body.contentType().isPresent())) {
        continue; // what the body itself says wins, and what is not there has no type
      }
      if (header.goesTo(target) && !own.contains(header.name)) {
        add(fields, header.name, header.value);
      }
    }
    own.forEach((name, value) -> add(fields, name, value));
    if (authorization != null) {
      add(fields, "Authorization", authorization);
    }
    if (!isSet("Cookie", own, target)) {
      addCookies(fields, jarCookies, request.cookies());
    }
    return fields;
  }

  /** Whether the request, or a default that goes there, says it: then nothing is added. */
  private boolean isSet(String name, Headers own, Target target) {
    if (own.contains(name)) {
      return true;
    }
    for (Default header : defaults) {
      if (header.name.equalsIgnoreCase(name) && header.goesTo(target)) {
        return true;
      }
    }
    return false;
  }

  private static void addCookies(List<String> fields, String jar, List<String> own) {
    if (own.isEmpty()) {
      if (!jar.isEmpty()) {
        add(fields, "Cookie", jar);
      }
    } else {
      String joined = String.join("; ", own);
      add(fields, "Cookie", jar.isEmpty() ? joined : jar + "; " + joined);
    }
  }

  private static void addFraming(List<String> fields, Outgoing request) {
    RequestBody body = request.body();
    if (body.contentType().isPresent() && !contains(fields, "Content-Type")) {
      add(fields, "Content-Type", checked(body.contentType().get()));
    }
    OptionalLong length = body.contentLength();
    if (length.isPresent() && length.getAsLong() < 0) {
      throw new IllegalArgumentException("a body of " + length.getAsLong() + " bytes");
    }
    if (length.isEmpty()) {
      add(fields, "Transfer-Encoding", "chunked");
    } else if (length.getAsLong() > 0 || BODY_EXPECTED.contains(request.method())) {
      // RFC 9110 section 8.6: also when it is 0, where a body is expected.
      add(fields, "Content-Length", Long.toString(length.getAsLong()));
    }
  }

  /** A body of the application's own may give another type each time it is asked. */
  private static String checked(String contentType) {
    HeaderSyntax.problemWithValue(contentType)
        .ifPresent(
            expected -> {
              throw new IllegalArgumentException("the body's content type: expected " + expected);
            });
    return contentType;
  }

  private static void add(List<String> fields, String name, String value) {
    fields.add(name);
    fields.add(value);
  }
}
