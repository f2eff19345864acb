package org.sessionregistry.servers.hooks;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.security.Authenticator;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.SecurityHandler;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.security.authentication.DigestAuthenticator;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.security.Credential;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.sessionregistry.servers.hooks.Behaviour.Answer;
import org.sessionregistry.servers.hooks.Behaviour.Call;

/** Jetty, with the authenticators of jetty-security. */
final class JettyPeer extends Peer {
  private final Server server;
  private final ServerConnector connector;

  JettyPeer(Guard guard, Behaviour behaviour) throws Exception {
    this(guard, behaviour, digest -> {});
  }

  JettyPeer(Guard guard, Behaviour behaviour, Consumer<DigestAuthenticator> change)
      throws Exception {
    super(behaviour);
    QueuedThreadPool threads = new QueuedThreadPool(50, 4);
    threads.setDaemon(true);
    server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    connector =
        new ServerConnector(
            server, 1, 1, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(guard == Guard.NONE ? new Answering() : guarded(guard, change));
    server.setStopTimeout(0);
    server.start();
  }

  private Handler guarded(Guard guard, Consumer<DigestAuthenticator> change) {
    UserStore users = new UserStore();
    users.addUser(Guard.USER, Credential.getCredential(Guard.PASSWORD), new String[] {"user"});
    HashLoginService login = new HashLoginService(Guard.REALM);
    login.setUserStore(users);
    SecurityHandler.PathMapped security = new SecurityHandler.PathMapped(new Answering());
    security.setLoginService(login);
    security.setRealmName(Guard.REALM);
    security.setAuthenticator(authenticator(guard, change));
    security.put("/*", Constraint.ANY_USER);
    return security;
  }

  private static Authenticator authenticator(Guard guard, Consumer<DigestAuthenticator> change) {
    if (guard == Guard.BASIC) {
      BasicAuthenticator basic = new BasicAuthenticator();
      basic.setCharset(StandardCharsets.UTF_8);
      return basic;
    }
    DigestAuthenticator digest = new DigestAuthenticator();
    change.accept(digest);
    return digest;
  }

  @Override
  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  private final class Answering extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String authorization = request.getHeaders().get("Authorization");
      Answer answer =
          serve(
              new Call(
                  Request.getPathInContext(request), authorization == null ? "" : authorization));
      response.setStatus(answer.status());
      answer.headers().forEach(response.getHeaders()::put);
      Content.Sink.write(response, true, answer.body(), callback);
      return true;
    }
  }
}
