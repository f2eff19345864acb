package org.sessionregistry.download;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What a download that did not finish leaves beside its target: the part that came, and in a file
 * of its own what it was a part of, so that the server can be asked for the rest. What was asked
 * for is kept as a digest only, because a URI may hold secrets. It blocks; immutable.
 *
 * @param target the file that is wanted
 * @param reference what is asked for
 */
record Remains(Path target, String reference) {
  static Remains of(Path target) {
    return new Remains(target, "");
  }

  static String nameOf(Path target) {
    Path name = target.getFileName();
    if (name == null) {
      throw new IllegalArgumentException("'" + target + "' names no file");
    }
    return name.toString();
  }

  Path partial() {
    return target.resolveSibling(nameOf(target) + ".part");
  }

  private Path validatorFile() {
    return target.resolveSibling(nameOf(target) + ".part.validator");
  }

  /** How many bytes there are to go on with; 0 when there are none. */
  long size() throws IOException {
    return validator().isPresent() && Files.isRegularFile(partial()) ? Files.size(partial()) : 0;
  }

  /**
   * What identifies the part's origin to the server; empty when it is not of the same reference.
   */
  Optional<String> validator() throws IOException {
    if (!Files.isRegularFile(validatorFile())) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(validatorFile(), UTF_8);
    return lines.size() == 2 && lines.get(1).equals(digest())
        ? Optional.of(lines.get(0))
        : Optional.empty();
  }

  /** What comes next belongs to this validator, or can belong to none. */
  void remember(Optional<String> validator) throws IOException {
    if (validator.isPresent()) {
      Files.write(validatorFile(), List.of(validator.get(), digest()), UTF_8);
    } else {
      forgetValidator();
    }
  }

  void forgetValidator() throws IOException {
    Files.deleteIfExists(validatorFile());
  }

  private String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(reference.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
