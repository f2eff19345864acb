package org.sessionregistry.transport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.settings.KeyStoreSettings;
import org.sessionregistry.settings.Secret;

/** Opens key stores; what cannot be opened is told by its setting. Reading blocks. */
final class TlsKeyStore {
  private TlsKeyStore() {}

  static KeyStore open(String setting, Path path, KeyStoreSettings settings)
      throws TlsConfigurationFailure {
    KeyStore store;
    try {
      store = KeyStore.getInstance(settings.type());
    } catch (KeyStoreException e) {
      throw new TlsConfigurationFailure(
          setting + ".type",
          setting + ".type=" + settings.type() + ": no such type; use PKCS12 or JKS",
          e);
    }
    try (InputStream in = Files.newInputStream(path)) {
      store.load(in, password(settings));
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsConfigurationFailure(
          setting + ".path",
          setting
              + ".path "
              + path
              + " cannot be read as "
              + settings.type()
              + " with "
              + (settings.password().isPresent() ? "the" : "no")
              + " password: "
              + e,
          e);
    }
    return store;
  }

  /** A store in memory, to be filled. */
  static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  static char @Nullable [] password(KeyStoreSettings settings) {
    return settings.password().map(Secret::value).map(String::toCharArray).orElse(null);
  }
}
