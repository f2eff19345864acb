package org.sessionregistry.servers.hooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.security.api.AuthenticationMechanism;
import io.undertow.security.api.AuthenticationMode;
import io.undertow.security.handlers.AuthenticationCallHandler;
import io.undertow.security.handlers.AuthenticationConstraintHandler;
import io.undertow.security.handlers.AuthenticationMechanismsHandler;
import io.undertow.security.handlers.SecurityInitialHandler;
import io.undertow.security.idm.Account;
import io.undertow.security.idm.Credential;
import io.undertow.security.idm.DigestCredential;
import io.undertow.security.idm.IdentityManager;
import io.undertow.security.idm.PasswordCredential;
import io.undertow.security.impl.BasicAuthenticationMechanism;
import io.undertow.security.impl.DigestAuthenticationMechanism;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.servers.hooks.Behaviour.Answer;
import org.sessionregistry.servers.hooks.Behaviour.Call;

/** Undertow, with its own mechanisms. */
final class UndertowPeer extends Peer {
  private final Undertow server;

  UndertowPeer(Guard guard, Behaviour behaviour) {
    super(behaviour);
    server =
        Undertow.builder()
            .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
            .addHttpListener(0, "127.0.0.1")
            .setHandler(guard == Guard.NONE ? this::answer : guarded(guard))
            .build();
    server.start();
  }

  private HttpHandler guarded(Guard guard) {
    AuthenticationMechanism mechanism =
        guard == Guard.BASIC
            ? new BasicAuthenticationMechanism(Guard.REALM)
            : new DigestAuthenticationMechanism(Guard.REALM, "/", "DIGEST");
    return new SecurityInitialHandler(
        AuthenticationMode.PRO_ACTIVE,
        new OneUser(),
        new AuthenticationMechanismsHandler(
            new AuthenticationConstraintHandler(new AuthenticationCallHandler(this::answer)),
            List.of(mechanism)));
  }

  private void answer(HttpServerExchange exchange) {
    String authorization = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    Answer answer =
        serve(new Call(exchange.getRequestPath(), authorization == null ? "" : authorization));
    exchange.setStatusCode(answer.status());
    answer
        .headers()
        .forEach((name, value) -> exchange.getResponseHeaders().put(new HttpString(name), value));
    exchange.getResponseSender().send(answer.body());
  }

  @Override
  int port() {
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  public void close() {
    server.stop();
  }

  private record Ada() implements Account {
    @Override
    public Principal getPrincipal() {
      return () -> Guard.USER;
    }

    @Override
    public Set<String> getRoles() {
      return Set.of();
    }
  }

  private static final class OneUser implements IdentityManager {
    @Override
    public Account verify(Account account) {
      return account;
    }

    @Override
    public @Nullable Account verify(String id, Credential credential) {
      boolean right =
          credential instanceof DigestCredential digest
              ? digest.verifyHA1(secret())
              : credential instanceof PasswordCredential plain
                  && new String(plain.getPassword()).equals(Guard.PASSWORD);
      return right && id.equals(Guard.USER) ? new Ada() : null;
    }

    @Override
    public @Nullable Account verify(Credential credential) {
      return null;
    }

    private static byte[] secret() {
      try {
        String text = Guard.USER + ":" + Guard.REALM + ":" + Guard.PASSWORD;
        byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8));
        return HexFormat.of().formatHex(hash).getBytes(UTF_8);
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError(e);
      }
    }
  }
}
