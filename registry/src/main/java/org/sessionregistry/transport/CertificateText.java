package org.sessionregistry.transport;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What a certificate says, for people. It comes from a stranger: one line, of limited length. */
final class CertificateText {
  private static final int DNS_NAME = 2; // RFC 5280 section 4.2.1.6, GeneralName
  private static final int IP_ADDRESS = 7;
  private static final int MOST_NAMES = 10;
  private static final int LONGEST = 200;

  private CertificateText() {}

  /** Subject, names, issuer and validity. */
  static String of(X509Certificate certificate) {
    return "'"
        + safe(certificate.getSubjectX500Principal().getName())
        + "' for "
        + names(certificate)
        + ", issued by '"
        + safe(certificate.getIssuerX500Principal().getName())
        + "', valid from "
        + certificate.getNotBefore().toInstant().truncatedTo(ChronoUnit.SECONDS)
        + " until "
        + certificate.getNotAfter().toInstant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** The hosts that it names. */
  static String names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> name : alternatives) {
          int type = (Integer) name.get(0);
          if (type == DNS_NAME || type == IP_ADDRESS) {
            names.add(safe(String.valueOf(name.get(1))));
          }
        }
      }
    } catch (CertificateParsingException e) {
      return "names that cannot be read";
    }
    int more = names.size() - MOST_NAMES;
    return names.isEmpty()
        ? "no host"
        : String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
            + (more > 0 ? " and " + more + " more" : "");
  }

  /** One line of printable characters. */
  static String safe(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .limit(LONGEST)
        .forEach(c -> safe.appendCodePoint(c < ' ' || c > '~' ? '?' : c));
    return safe.toString();
  }
}
