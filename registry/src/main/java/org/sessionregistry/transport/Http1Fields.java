package org.sessionregistry.transport;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.Iterator;
import java.util.Map;

/** The fields of an HTTP/1.1 message, out of the codec's hands. Confined to the event loop. */
final class Http1Fields {
  private Http1Fields() {}

  /** Name, value, name, value, …. */
  static String[] flatten(HttpHeaders headers) {
    String[] fields = new String[2 * headers.size()];
    Iterator<Map.Entry<CharSequence, CharSequence>> each = headers.iteratorCharSequence();
    for (int i = 0; each.hasNext(); i += 2) {
      Map.Entry<CharSequence, CharSequence> field = each.next();
      fields[i] = field.getKey().toString();
      fields[i + 1] = field.getValue().toString();
    }
    return fields;
  }
}
