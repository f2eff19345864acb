package org.sessionregistry.servers.proxies;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small SOCKS 5 proxy (RFC 1928, RFC 1929), so that there is one everywhere. */
final class SocksServer implements AutoCloseable {
  private final ServerSocket listening;
  private final boolean closed;
  private final List<String> targets = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  SocksServer(boolean closed) throws IOException {
    this.closed = closed;
    this.listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** What was asked for, as type, host and port. */
  List<String> targets() {
    return targets;
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "socks-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        open.add(client);
        start(() -> serve(client));
      }
    } catch (IOException over) {
      return; // the test is over
    }
  }

  private void serve(Socket client) {
    try (client) {
      DataInputStream in = new DataInputStream(client.getInputStream());
      OutputStream out = client.getOutputStream();
      in.readByte();
      byte[] methods = in.readNBytes(in.readUnsignedByte());
      boolean offersPassword = new String(methods, StandardCharsets.ISO_8859_1).indexOf(2) >= 0;
      if (closed && !offersPassword) {
        out.write(new byte[] {5, (byte) 0xFF});
        return;
      }
      out.write(new byte[] {5, (byte) (closed ? 2 : 0)});
      if (closed) {
        in.readByte();
        String user = text(in);
        String password = text(in);
        boolean known = user.equals(ProxyKind.USER) && password.equals(ProxyKind.PASSWORD);
        out.write(new byte[] {1, (byte) (known ? 0 : 1)});
        if (!known) {
          return;
        }
      }
      in.readNBytes(3);
      int type = in.readByte();
      String host =
          type == 3
              ? text(in)
              : InetAddress.getByAddress(in.readNBytes(type == 1 ? 4 : 16)).getHostAddress();
      int port = in.readUnsignedShort();
      targets.add(type + " " + host + " " + port);
      relay(client, in, out, host, port);
    } catch (IOException gone) {
      return; // so is one of the peers
    } finally {
      open.remove(client);
    }
  }

  private void relay(Socket client, InputStream in, OutputStream out, String host, int port)
      throws IOException {
    Socket server;
    try {
      server = new Socket(host, port);
    } catch (IOException e) {
      out.write(new byte[] {5, 5, 0, 1, 0, 0, 0, 0, 0, 0});
      return;
    }
    open.add(server);
    try (server) {
      out.write(new byte[] {5, 0, 0, 3, 1, 'x', 0, 80});
      start(() -> copy(server, client));
      in.transferTo(server.getOutputStream());
    } finally {
      open.remove(server);
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      return; // so is one of the peers
    }
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
