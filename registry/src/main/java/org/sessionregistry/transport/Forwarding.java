package org.sessionregistry.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.sessionregistry.connector.OutgoingRequest;
import org.sessionregistry.egress.ProxyServer;

/**
 * Rewrites requests for a proxy that forwards them: the target is the whole URI (RFC 9112 section
 * 3.2.2), and the proxy's own fields are added. The rule: they are added on the proxy's connection
 * and nowhere else, so that no server ever gets them. Immutable, for any thread.
 */
final class Forwarding {
  private final ProxyServer proxy;
  private final String origin;
  private final List<String> fields;
  private final Set<String> names = new TreeSet<>();

  Forwarding(ProxyServer proxy, String origin) {
    this.proxy = proxy;
    this.origin = origin;
    this.fields = proxy.fields();
    for (int i = 0; i < fields.size(); i += 2) {
      names.add(fields.get(i).toLowerCase(Locale.ROOT));
    }
  }

  OutgoingRequest rewrite(OutgoingRequest request) {
    String[] own = request.headers();
    List<String> all = new ArrayList<>(own.length + fields.size());
    for (int i = 0; i < own.length; i += 2) {
      if (!names.contains(own[i].toLowerCase(Locale.ROOT))) {
        all.add(own[i]);
        all.add(own[i + 1]);
      }
    }
    all.addAll(fields);
    return new OutgoingRequest(
        request.method(),
        origin + request.target(),
        all.toArray(String[]::new),
        request.bytes(),
        request.stream(),
        request.length());
  }

  /** What to say when the proxy wants other credentials. */
  String refused(String reason, List<String> challenges) {
    return ProxyAnswers.authentication(proxy, "407 " + reason, challenges);
  }
}
