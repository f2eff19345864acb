package org.sessionregistry.servers.compression;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.gzip.GzipHandler;
import org.eclipse.jetty.util.Callback;

/** Jetty with its GzipHandler. */
final class CompressingJetty implements CompressingServer {
  private final Server server = new Server();
  private final ServerConnector connector;

  CompressingJetty() throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    connector =
        new ServerConnector(
            server, 1, 1, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new GzipHandler(new Pages()));
    server.setStopTimeout(0);
    server.start();
  }

  @Override
  public String origin() {
    return "http://127.0.0.1:" + connector.getLocalPort();
  }

  @Override
  public void close() throws Exception {
    server.stop();
  }

  private static final class Pages extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      Page page = Page.at(Request.getPathInContext(request));
      response.setStatus(page.status());
      String accepted = Objects.toString(request.getHeaders().get("Accept-Encoding"), "");
      page.fields(accepted).forEach(response.getHeaders()::put);
      response.write(true, ByteBuffer.wrap(page.body()), callback);
      return true;
    }
  }
}
