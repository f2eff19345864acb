package org.sessionregistry.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.sessionregistry.settings.TlsSettings;

/** The files that TLS settings name, and how to see that one has changed. Immutable. */
final class TlsFiles {
  private final List<Path> files;

  TlsFiles(TlsSettings settings) {
    files =
        Stream.of(
                settings.trustStore().path(),
                settings.trustPem(),
                settings.keyStore().path(),
                settings.keyPem(),
                settings.certificatePem())
            .flatMap(file -> file.stream())
            .toList();
  }

  boolean areNone() {
    return files.isEmpty();
  }

  /** A text for each file that differs when the file has changed. Blocks. */
  List<String> stamps() {
    return files.stream().map(TlsFiles::stamp).toList();
  }

  private static String stamp(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
    } catch (IOException e) {
      return "cannot be read: " + e;
    }
  }
}
