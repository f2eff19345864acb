package org.sessionregistry.transport;

import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** A file or a setting of TLS cannot be used; the message names it and never quotes a secret. */
final class TlsConfigurationFailure extends SSLException {
  private static final long serialVersionUID = 1L;

  private final String setting;

  TlsConfigurationFailure(String setting, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.setting = setting;
  }

  /** The key of the setting that is wrong. */
  String setting() {
    return setting;
  }
}
