package org.sessionregistry.servers.exchange;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certification authority of this test run, and what it signs. */
final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** A certificate with its key. */
  record Identity(X509Certificate certificate, KeyPair keys) {
    /** For a server that shows this certificate. */
    SSLContext server() {
      try {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
            "server", keys.getPrivate(), PASSWORD, new X509Certificate[] {certificate});
        KeyManagerFactory keyManagers =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), null, null);
        return context;
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(e);
      }
    }

    Path pem(Path directory) throws IOException {
      StringWriter text = new StringWriter();
      try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
        pem.writeObject(certificate);
      }
      return Files.writeString(Files.createTempFile(directory, "trusted", ".pem"), text.toString());
    }

    Path pkcs12(Path directory, String password) throws Exception {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("trusted", certificate);
      Path file = Files.createTempFile(directory, "trusted", ".p12");
      try (var out = Files.newOutputStream(file)) {
        store.store(out, password.toCharArray());
      }
      return file;
    }
  }

  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final Identity authority =
      sign("CN=Authority " + SERIAL.get() + " of the tests", null, days(-1), days(1));

  Identity authority() {
    return authority;
  }

  /** What a server on the loopback should show. */
  Identity right() {
    return sign("CN=right", authority, days(-1), days(1), "localhost", "127.0.0.1");
  }

  Identity expired() {
    return sign("CN=expired", authority, days(-3), days(-2), "localhost", "127.0.0.1");
  }

  Identity ofAnotherHost() {
    return sign("CN=other", authority, days(-1), days(1), "other.example", "192.0.2.1");
  }

  Identity selfSigned() {
    return sign("CN=localhost", null, days(-1), days(1), "localhost", "127.0.0.1");
  }

  private static Instant days(int days) {
    return Instant.now().plus(Duration.ofDays(days));
  }

  private Identity sign(
      String subject, Identity issuer, Instant from, Instant until, String... hosts) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair keys = generator.generateKeyPair();
      X509v3CertificateBuilder certificate =
          new JcaX509v3CertificateBuilder(
              issuer == null
                  ? new X500Name(subject)
                  : new X500Name(issuer.certificate.getSubjectX500Principal().getName()),
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(from),
              Date.from(until),
              new X500Name(subject),
              keys.getPublic());
      if (hosts.length == 0) {
        certificate.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      } else {
        certificate.addExtension(Extension.subjectAlternativeName, false, names(hosts));
      }
      KeyPair signer = issuer == null ? keys : issuer.keys;
      return new Identity(
          new JcaX509CertificateConverter()
              .getCertificate(
                  certificate.build(
                      new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate()))),
          keys);
    } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static GeneralNames names(String... hosts) {
    GeneralName[] names = new GeneralName[hosts.length];
    for (int i = 0; i < hosts.length; i++) {
      boolean address = Character.isDigit(hosts[i].charAt(0));
      names[i] = new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, hosts[i]);
    }
    return new GeneralNames(names);
  }
}
