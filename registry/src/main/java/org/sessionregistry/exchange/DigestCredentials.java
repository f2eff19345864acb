package org.sessionregistry.exchange;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.Headers;

/**
 * User name and password that prove themselves without being sent (RFC 7616). The first request is
 * answered with a challenge and sent once more; those that follow bring their proof along, until
 * the server wants another nonce.
 */
final class DigestCredentials implements Credentials {
  private final String user;
  private final String password;
  private final Supplier<String> cnonces;
  private final AtomicReference<@Nullable DigestChallenge> current = new AtomicReference<>();

  DigestCredentials(String user, String password, Supplier<String> cnonces) {
    this.user = user;
    this.password = password;
    this.cnonces = cnonces;
  }

  @Override
  public @Nullable String authorization(String method, String target) {
    DigestChallenge known = current.get();
    return known == null ? null : known.answer(user, password, method, target, cnonces.get());
  }

  @Override
  public boolean refused(@Nullable String sent, Headers answer) {
    DigestChallenge asked = DigestChallenge.strongest(answer).orElse(null);
    if (asked == null) {
      return false;
    }
    DigestChallenge known = current.get();
    if (known == null || !known.nonce().equals(asked.nonce())) {
      current.compareAndSet(known, asked); // else another answer of the same moment was first
    }
    // Refused with a proof that was not too old: the password is wrong.
    return sent == null || asked.isStale();
  }

  /**
   * The first challenge, and nonces that are too old: some servers say so, too, when the counts of
   * requests that were sent at once come in another order.
   */
  @Override
  public int mostRefusals() {
    return 5;
  }

  @Override
  public void accepted(Headers answer) {
    DigestChallenge known = current.get();
    String info = known == null ? null : answer.first("Authentication-Info").orElse(null);
    if (known != null && info != null) {
      Challenge.in(Headers.of("I", "Info " + info), "I").stream()
          .flatMap(parameters -> parameters.parameter("nextnonce").stream())
          .findFirst()
          .filter(nonce -> !nonce.equals(known.nonce())) // the same goes on with its count
          .ifPresent(nonce -> current.compareAndSet(known, known.next(nonce)));
    }
  }
}
