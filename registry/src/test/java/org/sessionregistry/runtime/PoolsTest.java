package org.sessionregistry.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.connector.Dialer;
import org.sessionregistry.connector.PoolMember;
import org.sessionregistry.connector.Route;
import org.sessionregistry.egress.Proxies;
import org.sessionregistry.settings.PoolSettings;
import org.sessionregistry.settings.QueueSettings;
import org.sessionregistry.settings.SessionSettings;
import org.sessionregistry.settings.SharedPoolSettings;

/** Which pool a session gets; what it does there, the tests of the connector. */
class PoolsTest {
  private static final Route ROUTE = new Route("http", "erp", 80);
  private static final SharedPoolSettings ERP =
      SharedPoolSettings.named("erp")
          .withPool(PoolSettings.DEFAULTS.withMaxConnections(7))
          .withQueue(QueueSettings.ofMaxSize(3));

  private final TimerThread timer = new TimerThread(thread -> {});
  private final AtomicInteger dials = new AtomicInteger();

  /** Opens nothing, for ever. */
  private final Dialer dialer =
      (route, listener) -> {
        dials.incrementAndGet();
        return new Dialer.Dial() {
          @Override
          public void abort() {
            throw new UnsupportedOperationException("no test closes anything");
          }

          @Override
          public Dialer.Timing timing() {
            return Dialer.Timing.NONE;
          }
        };
      };

  @AfterEach
  void close() {
    timer.close();
  }

  private Pools pools(int budget, SharedPoolSettings... shared) {
    return new Pools(List.of(shared), budget, timer);
  }

  private PoolMember join(Pools pools, SessionSettings session) {
    SessionSettings resolved = pools.resolve(session);
    return pools
        .of(resolved)
        .join(resolved.name(), ConnectionTerms.of(resolved, Proxies.NONE), dialer);
  }

  private static SessionSettings sharing(String session, String pool) {
    return SessionSettings.builder(session)
        .baseUrl("http://erp/")
        .pool(p -> p.withName(pool).withWarmUp(2))
        .build();
  }

  @Test
  void aSessionHasAPoolOfItsOwnUnlessItNamesOne() {
    Pools pools = pools(0, ERP);
    PoolMember one = join(pools, SessionSettings.named("one"));
    PoolMember two = join(pools, SessionSettings.named("two"));

    one.warmUp(ROUTE, 1);

    assertThat(one.snapshot().opening()).isOne();
    assertThat(two.snapshot().opening()).isZero();
  }

  @Test
  void sessionsThatNameAPoolShareIt() {
    Pools pools = pools(0, ERP);
    PoolMember one = join(pools, sharing("one", "erp"));
    PoolMember two = join(pools, sharing("two", "erp"));

    one.warmUp(ROUTE, 5);
    two.warmUp(ROUTE, 5);

    assertThat(one.snapshot()).isEqualTo(two.snapshot());
    assertThat(two.snapshot().opening()).isEqualTo(7);
  }

  @Test
  void theSettingsOfASharedPoolTakeThePlaceOfTheSessionsOwn() {
    SessionSettings resolved = pools(0, ERP).resolve(sharing("one", "erp"));

    assertThat(resolved.pool()).isEqualTo(ERP.pool().withName("erp").withWarmUp(2));
    assertThat(resolved.queue()).isEqualTo(ERP.queue());
    assertThat(resolved.name()).isEqualTo("one");
  }

  @Test
  void theSettingsOfASessionWithAPoolOfItsOwnAreItsOwn() {
    SessionSettings own = SessionSettings.named("one");

    assertThat(pools(0, ERP).resolve(own)).isSameAs(own);
  }

  @Test
  void aPoolThatDoesNotExistIsRefused() {
    Pools pools = pools(0, ERP);
    SessionSettings session = sharing("one", "epr");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> pools.resolve(session))
        .withMessageContainingAll("'one'", "'epr'", "[erp]");
  }

  @Test
  void theBudgetIsThatOfAllPools() {
    Pools pools = pools(3, ERP);
    join(pools, SessionSettings.named("one")).warmUp(ROUTE, 2);
    join(pools, sharing("two", "erp")).warmUp(ROUTE, 2);
    join(pools, SessionSettings.named("three")).warmUp(ROUTE, 2);

    assertThat(dials).hasValue(3);
  }
}
