package org.sessionregistry.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** Files of TLS in a directory, right and broken; made by the JDK's own keytool. */
final class TlsMaterial {
  static final String PASSWORD = "s3cret";

  private final Path directory;

  private TlsMaterial(Path directory) {
    this.directory = directory;
  }

  static TlsMaterial in(Path directory) {
    try {
      TlsMaterial files = new TlsMaterial(directory);
      files.make();
      return files;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  String file(String name) {
    return directory.resolve(name).toString();
  }

  private void make() throws IOException, GeneralSecurityException, InterruptedException {
    int exit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "own",
                "-dname",
                "CN=localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file("own.p12"))
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new AssertionError("keytool ends with " + exit);
    }
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(Path.of(file("own.p12")))) {
      own.load(in, PASSWORD.toCharArray());
    }
    write("own.pem", pem("CERTIFICATE", own.getCertificate("own").getEncoded()));
    write("own.key", pem("PRIVATE KEY", own.getKey("own", PASSWORD.toCharArray()).getEncoded()));
    write("broken.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    write("empty.pem", "");
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("own", own.getCertificate("own"));
    try (OutputStream out = Files.newOutputStream(Path.of(file("trust.p12")))) {
      trust.store(out, PASSWORD.toCharArray());
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(Path.of(file(name)), text);
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(content), label);
  }
}
