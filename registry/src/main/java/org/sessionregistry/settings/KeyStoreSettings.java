package org.sessionregistry.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A key store file.
 *
 * @param path the file; empty when none is used
 * @param password what it was sealed with
 * @param type {@code PKCS12} or {@code JKS}
 */
public record KeyStoreSettings(
    @Setting("Path of the key store file.") Optional<Path> path,
    @Setting(value = "Password of the key store.", secret = true) Optional<Secret> password,
    @Setting("Type of the key store: PKCS12 or JKS.") String type) {

  /** No key store. */
  public static final KeyStoreSettings NONE =
      new KeyStoreSettings(Optional.empty(), Optional.empty(), "PKCS12");

  /**
   * A PKCS12 key store.
   *
   * @param path the file
   * @param password what it was sealed with
   * @return the settings
   */
  public static KeyStoreSettings pkcs12(Path path, String password) {
    return new KeyStoreSettings(Optional.of(path), Optional.of(new Secret(password)), "PKCS12");
  }
}
