package org.sessionregistry.cdi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * What is logged while this is open. The logger must be held strongly, or the JVM may drop its
 * handler. Thread-safe.
 */
final class Log extends Handler implements AutoCloseable {
  private final Logger logger;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private Log(String name) {
    logger = Logger.getLogger(name);
    logger.addHandler(this);
  }

  static Log ofTheModule() {
    return new Log("org.sessionregistry.cdi");
  }

  static Log ofEverything() {
    return new Log("");
  }

  /** Level and message of each record, then the message of what was thrown if it says more. */
  List<String> lines() {
    return lines;
  }

  @Override
  public void publish(LogRecord logRecord) {
    String line = logRecord.getLevel() + " " + logRecord.getMessage();
    String thrown = logRecord.getThrown() == null ? "" : logRecord.getThrown().getMessage();
    lines.add(line.contains(thrown) ? line : line + ": " + thrown);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
