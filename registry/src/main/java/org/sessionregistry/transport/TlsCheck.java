package org.sessionregistry.transport;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import org.sessionregistry.settings.InvalidSettingException;
import org.sessionregistry.settings.TlsSettings;

/**
 * Tells before any connection is opened whether TLS settings, and the files that they name, can be
 * used. The rule: it reads them exactly as a connection would. Checking blocks; any thread may.
 */
public final class TlsCheck {
  private TlsCheck() {}

  /**
   * What is wrong, if anything is.
   *
   * @param settings the settings
   */
  public static Optional<InvalidSettingException> problemWith(TlsSettings settings) {
    try {
      TlsContexts.build(settings);
      return Optional.empty();
    } catch (TlsConfigurationFailure e) {
      return Optional.of(
          new InvalidSettingException(e.setting(), "", "what can be used here: " + e.getMessage()));
    } catch (IOException | GeneralSecurityException e) {
      return Optional.of(
          new InvalidSettingException("tls", "", "what can be used here: " + e.getMessage()));
    }
  }
}
