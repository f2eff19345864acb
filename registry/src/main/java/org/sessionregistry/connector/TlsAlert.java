package org.sessionregistry.connector;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The alert with which a peer ended TLS (RFC 8446 section 6.2). The JDK tells it in the message of
 * its exception and nowhere else; a provider that words it otherwise yields no alert.
 *
 * @param description its name as in the RFC, for example {@code handshake_failure}
 */
public record TlsAlert(String description) {
  private static final String RECEIVED = "Received fatal alert: ";

  /** What a server can have against a client's certificate, or against there being none. */
  private static final Set<String> ABOUT_CERTIFICATES =
      Set.of(
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "certificate_required",
          "unknown_ca",
          "access_denied");

  /** What a server says that finds nothing in common. */
  private static final Set<String> ABOUT_PARAMETERS =
      Set.of("handshake_failure", "protocol_version", "insufficient_security");

  /** The alert in a failure or one of its causes. */
  public static Optional<TlsAlert> in(@Nullable Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 10; t = t.getCause(), depth++) {
      String message = t.getMessage();
      // Newer JDKs put the alert before it as well: "(handshake_failure) Received fatal alert: …".
      int at = t instanceof SSLException && message != null ? message.indexOf(RECEIVED) : -1;
      if (message != null && at >= 0) {
        String name = message.substring(at + RECEIVED.length()).strip().toLowerCase(Locale.ROOT);
        return Optional.of(new TlsAlert(name));
      }
    }
    return Optional.empty();
  }

  /** Whether the peer refuses our certificate or misses one. */
  public boolean refusesCertificate() {
    return ABOUT_CERTIFICATES.contains(description);
  }

  /** Whether the peer found no protocol version or cipher suite that it accepts. */
  public boolean refusesParameters() {
    return ABOUT_PARAMETERS.contains(description);
  }
}
