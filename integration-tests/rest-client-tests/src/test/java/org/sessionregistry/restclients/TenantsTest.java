package org.sessionregistry.restclients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.ProcessingException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;

/** Typed clients on a session of which each tenant has its own. */
@Timeout(60)
class TenantsTest {
  @RegisterExtension final World world = new World();

  private final ThreadLocal<String> tenant = new ThreadLocal<>();
  private final List<String> cookies = new CopyOnWriteArrayList<>();

  private Upstream login() {
    return world.upstream(
        call -> {
          cookies.add(call.header("Cookie"));
          if (call.header("Cookie").isEmpty()) {
            call.set("Set-Cookie", "user=" + call.path().substring(7) + "; Path=/");
          }
          call.json("{\"name\":\"Ada\",\"age\":36}");
        });
  }

  @Test
  void aMethodThatWaitsIsSentForTheTenantOfItsThread() {
    ClientSession session = world.template(() -> Optional.ofNullable(tenant.get()));
    Directory directory = world.directory(login(), session);

    for (String name : List.of("acme", "bolt", "acme", "bolt")) {
      tenant.set(name);
      directory.user(name);
    }

    assertThat(cookies).containsExactly("", "", "user=acme", "user=bolt");
  }

  @Test
  void aRequestOfNobodyIsRefused() {
    ClientSession session = world.template(() -> Optional.ofNullable(tenant.get()));
    Directory directory = world.directory(login(), session);

    assertThatThrownBy(() -> directory.user("ada"))
        .isInstanceOf(ProcessingException.class)
        .hasStackTraceContaining("UnknownTenantException");
    assertThatThrownBy(() -> directory.userLater("ada").toCompletableFuture().join())
        .hasStackTraceContaining("UnknownTenantException");
  }

  @Test
  void aClientOfATenantsSessionIsTheTenantsOnAnyThread() {
    world.template(Optional::empty);
    Upstream upstream = login();
    Directory acme = world.directory(upstream, world.tenant("acme"));
    Directory bolt = world.directory(upstream, world.tenant("bolt"));

    for (int i = 0; i < 2; i++) {
      acme.userLater("acme").toCompletableFuture().join();
      bolt.userLater("bolt").toCompletableFuture().join();
    }

    assertThat(cookies).containsExactly("", "", "user=acme", "user=bolt");
  }
}
