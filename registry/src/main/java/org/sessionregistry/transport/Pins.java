package org.sessionregistry.transport;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Public keys of which the server must have one. The rule: only certificates that lead from a
 * trusted one to the server's count, for a server may send whatever else it likes. Immutable.
 */
final class Pins {
  private final Set<String> pins;

  Pins(List<String> pins) {
    this.pins = Set.copyOf(pins);
  }

  boolean areDemanded() {
    return !pins.isEmpty();
  }

  /** Whether the path of a chain that was found trustworthy has a pinned key. */
  boolean match(X509Certificate[] chain, X509Certificate[] trusted)
      throws GeneralSecurityException {
    return path(chain, trusted).stream().anyMatch(c -> pins.contains(pin(c)));
  }

  /** The pins that would match, to be compared with those that are set. */
  Set<String> found(X509Certificate[] chain, X509Certificate[] trusted)
      throws GeneralSecurityException {
    Set<String> found = new LinkedHashSet<>();
    path(chain, trusted).forEach(c -> found.add(pin(c)));
    return found;
  }

  private static List<Certificate> path(X509Certificate[] chain, X509Certificate[] trusted)
      throws GeneralSecurityException {
    if (trusted.length == 0 || Arrays.asList(trusted).contains(chain[0])) {
      return List.of(chain[0]); // everything is trusted, or this very certificate
    }
    Set<TrustAnchor> anchors = new HashSet<>();
    for (X509Certificate certificate : trusted) {
      anchors.add(new TrustAnchor(certificate, null));
    }
    X509CertSelector target = new X509CertSelector();
    target.setCertificate(chain[0]);
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
    parameters.setRevocationEnabled(false); // the trust manager has had its say on that
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(List.of(chain))));
    PKIXCertPathBuilderResult built =
        (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
    List<Certificate> path = new ArrayList<>(built.getCertPath().getCertificates());
    path.add(built.getTrustAnchor().getTrustedCert());
    return path;
  }

  /** {@code sha256/} and the digest of the key as it stands in the certificate. */
  static String pin(Certificate certificate) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
      return "sha256/" + Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
