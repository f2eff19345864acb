package org.sessionregistry.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/** A server's JVM: what it prints, and what the tools of the JDK say of it. Thread-safe. */
final class ServerProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition printed = lock.newCondition();
  private final Writer log;
  private boolean ended;

  private ServerProcess(Process process, Writer log) {
    this.process = process;
    this.log = log;
    Thread reader = new Thread(this::read, "output of process " + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts it.
   *
   * @param name of the file that what it prints is kept in, for the reader of a failed test
   */
  static ServerProcess start(
      String name, Path directory, Map<String, String> environment, List<String> command)
      throws IOException {
    Path logs = Files.createDirectories(Path.of(System.getProperty("servers.logs")));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new ServerProcess(builder.start(), Files.newBufferedWriter(logs.resolve(name + ".log")));
  }

  static String java() {
    return tool("java");
  }

  private static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  private void read() {
    try (BufferedReader out =
            new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        log) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        add(line);
        log.append(line).append('\n').flush();
      }
    } catch (IOException e) {
      add("its output ended: " + e);
    }
    lock.lock();
    try {
      ended = true;
      printed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void add(String line) {
    lock.lock();
    try {
      lines.add(line);
      printed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How much it has printed: a position for the methods that look at what comes after it. */
  int position() {
    lock.lock();
    try {
      return lines.size();
    } finally {
      lock.unlock();
    }
  }

  /** What it has printed since. */
  String printedSince(int position) {
    lock.lock();
    try {
      return String.join("\n", lines.subList(position, lines.size()));
    } finally {
      lock.unlock();
    }
  }

  /** Returns the first line since the position in which the pattern is found. */
  String await(int position, Pattern pattern) throws InterruptedException {
    long left = PATIENCE.toNanos();
    int next = position;
    lock.lock();
    try {
      while (true) {
        for (; next < lines.size(); next++) {
          if (pattern.matcher(lines.get(next)).find()) {
            return lines.get(next);
          }
        }
        if (ended || left <= 0) {
          throw new AssertionError(
              (ended ? "it ended" : "it did not print in " + PATIENCE)
                  + " "
                  + pattern
                  + ":\n"
                  + String.join("\n", lines.subList(position, lines.size())));
        }
        left = printed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Its live threads whose names start with the prefix. */
  List<String> threads(String prefix) {
    return jcmd("Thread.print")
        .lines()
        .filter(line -> line.startsWith("\"" + prefix))
        .map(line -> line.substring(1, line.indexOf('"', 1)))
        .toList();
  }

  /**
   * How many copies of a class are loaded: one of each class loader that is still there. Some have
   * an object with a finalizer, and go with the collection after the one that finds it.
   */
  long copies(String className) {
    jcmd("GC.run");
    jcmd("GC.run_finalization");
    jcmd("GC.run");
    Pattern line = Pattern.compile("(^|[|-])" + Pattern.quote(className) + "/");
    return jcmd("VM.class_hierarchy").lines().filter(each -> line.matcher(each).find()).count();
  }

  private String jcmd(String command) {
    try {
      Process jcmd =
          new ProcessBuilder(tool("jcmd"), String.valueOf(process.pid()), command)
              .redirectErrorStream(true)
              .start();
      String text = new String(jcmd.getInputStream().readAllBytes(), UTF_8);
      if (jcmd.waitFor() != 0) {
        throw new AssertionError(command + ": " + text);
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(command, e);
    }
  }

  /** Ends it as an operator does, and by force if it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
