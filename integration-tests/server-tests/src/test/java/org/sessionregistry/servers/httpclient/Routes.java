package org.sessionregistry.servers.httpclient;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/**
 * What the servers of these tests do: {@code /echo} gives the body back and says what it saw,
 * {@code /status/n} answers so, {@code /to/n} redirects to it, {@code /bytes/n} sends so many,
 * {@code /gate} waits for the test, {@code /login} sets a cookie, {@code /gzip} compresses.
 */
final class Routes {
  final CountDownLatch gate = new CountDownLatch(1);
  final CountDownLatch atGate = new CountDownLatch(1);
  final AtomicLong sent = new AtomicLong();

  void answer(Call call) throws IOException, InterruptedException {
    String path = call.path();
    int number = path.matches("/\\w+/\\d+") ? Integer.parseInt(path.replaceAll("\\D", "")) : 0;
    if (path.startsWith("/status/")) {
      call.body().readAllBytes();
      call.status(number);
      if (number != 204 && number != 304) {
        call.output().write("status".getBytes(StandardCharsets.UTF_8));
      }
    } else if (path.startsWith("/to/")) {
      call.body().readAllBytes();
      call.status(number).header("Location", "/echo").header("X-Way", "here");
    } else if (path.startsWith("/bytes/")) {
      bytes(call.output(), number);
    } else if (path.equals("/gate")) {
      atGate.countDown();
      gate.await(20, TimeUnit.SECONDS);
      call.output().write('g');
    } else if (path.equals("/login")) {
      call.header("Set-Cookie", "login=yes; Path=/");
    } else if (path.equals("/gzip")) {
      boolean wanted = String.join(",", call.headers("Accept-Encoding")).contains("gzip");
      if (wanted) {
        call.header("Content-Encoding", "gzip");
      }
      call.output().write(wanted ? gzip("text") : "text".getBytes(StandardCharsets.UTF_8));
    } else {
      echo(call);
    }
  }

  private void bytes(OutputStream out, int number) throws IOException {
    byte[] part = new byte[8192];
    for (int left = number; left > 0; left -= part.length) {
      out.write(part, 0, Math.min(left, part.length));
      out.flush();
      sent.addAndGet(Math.min(left, part.length));
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void echo(Call call) throws IOException {
    byte[] body = call.body().readAllBytes();
    call.header("X-Method", call.method())
        .header("X-Path", call.path())
        .header("X-Connection", call.connection())
        .header("X-Version", call.version())
        .header("X-Twice", "one")
        .header("X-Twice", "two");
    for (String name : new String[] {"Cookie", "X-Api-Key", "X-Own", "Content-Type"}) {
      call.headers(name).forEach(value -> call.header("X-Saw-" + name, value));
    }
    if (!call.method().equals("HEAD")) {
      call.output().write(body);
    }
  }
}
