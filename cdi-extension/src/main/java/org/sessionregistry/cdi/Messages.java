package org.sessionregistry.cdi;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.sessionregistry.SessionStatistics;

/**
 * Everything this module says to people. A message names the session and what to change, and never
 * a configured value, which may be a secret. Stateless; any thread.
 */
final class Messages {
  private Messages() {}

  static String unknownSession(String name, Collection<String> places, Collection<String> known) {
    return "no session is named '"
        + name
        + "', which is injected at "
        + String.join(" and at ", new TreeSet<>(places))
        + "; "
        + (known.isEmpty()
            ? "no session is configured"
            : "the sessions are " + new TreeSet<>(known))
        + ": correct the name, configure client-session."
        + (name.indexOf('.') < 0 ? name : '"' + name + '"')
        + ".<setting>, or list it in client-session-registry.names";
  }

  static String contradictoryNames(String place, Collection<String> names) {
    return place
        + " asks for one session by several names, "
        + new TreeSet<>(names)
        + ": keep one of its qualifiers";
  }

  static String noConfiguration() {
    return "there is no MicroProfile Config, so no session is configured";
  }

  static String noConfiguration(Collection<String> places, IllegalStateException refusal) {
    return "sessions are injected at "
        + String.join(" and at ", new TreeSet<>(places))
        + ", but there is no MicroProfile Config to read their settings from: add an"
        + " implementation, for example io.smallrye.config:smallrye-config ("
        + refusal.getMessage()
        + ")";
  }

  /** What configuration reports, then what is wrong with injection; empty if nothing is. */
  static String report(String configuration, List<String> injection) {
    StringBuilder report = new StringBuilder(configuration);
    if (!injection.isEmpty()) {
      report
          .append(configuration.isEmpty() ? "" : "\n")
          .append("The injection of client sessions has ")
          .append(injection.size() == 1 ? "1 problem:" : injection.size() + " problems:");
      injection.forEach(problem -> report.append("\n  - ").append(problem));
    }
    return report.toString();
  }

  static String optionalSessionAbsent(String name, String place) {
    return "no session is named '" + name + "': Instance<ClientSession> at " + place + " is empty";
  }

  static String closed(String what) {
    return what + " is closed: the application has stopped";
  }

  static String stillRunning(SessionStatistics session, Duration shutdownTimeout) {
    return "session '"
        + session.session()
        + "' is closing with "
        + requests(session.inFlight())
        + " in flight; they get "
        + text(shutdownTimeout)
        + " to finish (client-session-registry.shutdown-timeout)";
  }

  static String cutOff(String session, long requests, Duration shutdownTimeout) {
    return "session '"
        + session
        + "' was closed with "
        + requests(requests)
        + " unfinished after "
        + text(shutdownTimeout)
        + " (client-session-registry.shutdown-timeout)";
  }

  static String stillOpen(Duration waited) {
    return "the session registry is not closed after "
        + text(waited)
        + "; connections or threads may be left behind";
  }

  static String closingFailed() {
    return "the session registry could not be closed properly";
  }

  static String closingUnattended() {
    return "interrupted while the session registry closes; it goes on closing by itself";
  }

  private static String requests(long count) {
    return count == 1 ? "1 request" : count + " requests";
  }

  private static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
