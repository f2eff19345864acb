package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sessionregistry.ClientSession;
import org.sessionregistry.ReloadReport;
import org.sessionregistry.SessionHooks;
import org.sessionregistry.SessionRegistry;
import org.sessionregistry.SettingsSource;
import org.sessionregistry.TokenSupplier;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.TenancyType;

/** The examples of docs/tenants.md and docs/reload.md, word for word. */
final class Operating {
  private Operating() {}

  /** Whose request this thread serves. */
  static final ThreadLocal<String> CALLER = new ThreadLocal<>();

  static SessionRegistry tenants(String base, Vault vault) {
    // resolver
    SessionHooks hooks =
        SessionHooks.builder()
            .tenants(() -> Optional.ofNullable(CALLER.get()))
            .tokens(new TenantTokens(vault))
            .build();
    SessionSettings crm =
        SessionSettings.builder("crm")
            .baseUrl(base)
            .tenancy(tenancy -> tenancy.withType(TenancyType.REQUIRED))
            .tenant("acme", acme -> acme.header("X-Plan", "gold"))
            .build();
    return SessionRegistry.builder().session(crm, hooks).build();
  }

  /** Where tokens are kept. */
  interface Vault {
    CompletionStage<String> tokenOf(String tenant);
  }

  // tokens
  record TenantTokens(Vault vault) implements TokenSupplier {
    @Override
    public CompletionStage<String> token(Optional<String> tenant) {
      return vault.tokenOf(tenant.orElseThrow());
    }

    @Override
    public CompletionStage<String> token() {
      return CompletableFuture.failedStage(new IllegalStateException("there is a tenant"));
    }
  }

  static String named(SessionRegistry registry) throws IOException, InterruptedException {
    // named
    ClientSession acme = registry.session("crm", "acme");
    return acme.get("/orders").send().text();
  }

  static SessionRegistry reloading(SettingsSource source) {
    // source
    SessionRegistry registry = SessionRegistry.builder().source(source).build();
    return registry;
  }

  static ReloadReport reload(SessionRegistry registry) {
    // reload
    ReloadReport report = registry.reload();
    System.Logger log = System.getLogger("operations");
    log.log(System.Logger.Level.INFO, report.toString());
    return report;
  }
}
