package org.sessionregistry.cdi;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
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
        + known(known)
        + ": correct the name, configure "
        + key(name, "<setting>")
        + ", or list it in client-session-registry.names";
  }

  static String known(Collection<String> sessions) {
    return sessions.isEmpty()
        ? "no session is configured"
        : "the sessions are " + new TreeSet<>(sessions);
  }

  static String key(String session, String setting) {
    return "client-session."
        + (session.indexOf('.') < 0 ? session : '"' + session + '"')
        + '.'
        + setting;
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

  /** What configuration reports, then the rest of what is wrong; empty if nothing is. */
  static String report(String configuration, List<String> injection, List<String> hooks) {
    return Stream.of(
            configuration,
            section("The injection of client sessions has ", injection),
            section("What beans add to client sessions has ", hooks))
        .filter(part -> !part.isEmpty())
        .collect(joining("\n"));
  }

  private static String section(String title, List<String> problems) {
    return problems.isEmpty()
        ? ""
        : title
            + (problems.size() == 1 ? "1 problem:" : problems.size() + " problems:")
            + problems.stream().map(problem -> "\n  - " + problem).collect(joining());
  }

  static String optionalSessionAbsent(String name, String place) {
    return "no session is named '" + name + "': Instance<ClientSession> at " + place + " is empty";
  }

  static String noHealth() {
    return "health=readiness of a session has no effect: there is no MicroProfile Health; add an"
        + " implementation, or remove the setting";
  }

  static String observerFailed(Object event) {
    return "an observer of " + event + " failed; others were told";
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

  static String stoppingTooLong(Duration waited, long inFlight) {
    return "the application has been stopping for "
        + text(waited)
        + " with "
        + requests(inFlight)
        + " in flight, so its sessions close before all of its beans are destroyed; a bean that"
        + " needs longer for its last requests needs a longer"
        + " client-session-registry.shutdown-timeout";
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
