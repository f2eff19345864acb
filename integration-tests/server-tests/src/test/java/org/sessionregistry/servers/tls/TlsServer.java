package org.sessionregistry.servers.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A TLS server of the JDK on the loopback that answers every request with {@code fine}, and
 * remembers with whom it spoke. It reads what comes after a failed handshake away, so that its
 * alert is not lost with a reset connection.
 */
final class TlsServer implements AutoCloseable {
  /** What a handshake ended with. */
  record Met(String sessionId, String protocol, List<String> names, String client) {}

  private final ServerSocket listening;
  private final List<Met> met = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final String[] protocols;
  private final boolean asksForCertificate;
  private volatile SSLContext context;

  private TlsServer(SSLContext context, boolean asksForCertificate, String[] protocols)
      throws IOException {
    this.context = context;
    this.asksForCertificate = asksForCertificate;
    this.protocols = protocols;
    this.listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(this::accept);
  }

  static TlsServer showing(Credentials own, String... protocols) throws Exception {
    return new TlsServer(context(own, null), false, protocols);
  }

  /** A server that demands a certificate of this authority. */
  static TlsServer demanding(TestAuthority authority, Credentials own, String... protocols)
      throws Exception {
    return new TlsServer(context(own, authority.certificate()), true, protocols);
  }

  /** From now on it shows another certificate. */
  void show(Credentials own) throws Exception {
    context = context(own, null);
  }

  private static SSLContext context(Credentials own, @Nullable X509Certificate trusted)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    if (trusted != null) {
      store.setCertificateEntry("trusted", trusted);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    if (trusted != null) {
      trust.init(store);
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        new KeyManager[] {new ShownCredentials(own)},
        trusted == null ? null : trust.getTrustManagers(),
        null);
    return context;
  }

  String url() {
    return "https://127.0.0.1:" + port() + "/";
  }

  int port() {
    return listening.getLocalPort();
  }

  List<Met> met() {
    return new ArrayList<>(met);
  }

  int accepted() {
    return accepted.get();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tls-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        accepted.incrementAndGet();
        open.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException closed) {
      return; // the test is over
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      SSLSocket secure =
          (SSLSocket) context.getSocketFactory().createSocket(socket, "127.0.0.1", port(), false);
      secure.setUseClientMode(false);
      secure.setNeedClientAuth(asksForCertificate);
      if (protocols.length > 0) {
        secure.setEnabledProtocols(protocols);
      }
      try {
        secure.startHandshake();
        remember(secure.getSession());
        answer(secure);
      } catch (IOException refused) {
        socket.shutdownOutput();
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException gone) {
      return; // so is the client
    } finally {
      open.remove(socket);
    }
  }

  private void remember(SSLSession session) {
    List<String> names = new ArrayList<>();
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        names.add(new String(name.getEncoded(), StandardCharsets.US_ASCII));
      }
    }
    String client = "nobody";
    try {
      client = session.getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      // It showed no certificate.
    }
    met.add(
        new Met(
            new BigInteger(1, session.getId()).toString(16), session.getProtocol(), names, client));
  }

  private static void answer(SSLSocket secure) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(secure.getInputStream(), StandardCharsets.ISO_8859_1));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.isEmpty()) {
        secure
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine"
                    .getBytes(StandardCharsets.US_ASCII));
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
