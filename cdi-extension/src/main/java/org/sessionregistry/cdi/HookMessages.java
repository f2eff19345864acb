package org.sessionregistry.cdi;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What this module says of beans that add something to sessions. A message names the bean, the
 * session and what to change, and never a configured value. Stateless; any thread.
 */
final class HookMessages {
  private HookMessages() {}

  static String unknownSession(HookBean<?> bean, String name, Collection<String> known) {
    return "no session is named '"
        + name
        + "', which "
        + bean.place()
        + " ("
        + kinds(bean)
        + ") is for; "
        + Messages.known(known)
        + ": correct the name, use @SessionName(\"*\") for every session, or configure "
        + Messages.key(name, "<setting>");
  }

  static String ambiguous(HookKind kind, String session, List<String> places) {
    return "session '"
        + session
        + "' can have one "
        + kind
        + ", but "
        + String.join(" and ", new TreeSet<>(places))
        + " are for it: keep one, or make one an @Alternative with a @Priority";
  }

  static String refused(HookKind kind, String session, String place, String demand) {
    return place
        + " is the "
        + kind
        + " of session '"
        + session
        + "', which cannot have one as it is configured: "
        + Messages.key(session, demand);
  }

  static String withoutSession(HookBean<?> bean) {
    return bean.place()
        + " ("
        + kinds(bean)
        + ") names no session, so no session uses it; @SessionName(\"<session>\") gives it to one,"
        + " @SessionName(\"*\") to all";
  }

  static String openedByItself(String user) {
    return user
        + " is used while the beans are made that add something to the sessions: such a bean must"
        + " not use a session in its constructor or @PostConstruct; @ApplicationScoped would make"
        + " it later, when it is called for the first time";
  }

  private static String kinds(HookBean<?> bean) {
    return bean.kinds().stream().sorted().map(HookKind::toString).collect(joining(", "));
  }
}
