package org.sessionregistry.servers.readme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.InstantSource;
import org.sessionregistry.cdi.SessionName;
import org.sessionregistry.cookie.CookieJar;
import org.sessionregistry.settings.CookieJarSettings;

/** A producer of docs/beans.md. */
@Dependent
public class SharedLogin {
  // beans
  @Produces
  @ApplicationScoped
  @SessionName("crm")
  @SessionName("reports")
  CookieJar sharedLogin() {
    return CookieJar.inMemory(CookieJarSettings.DEFAULTS, InstantSource.system());
  }
}
