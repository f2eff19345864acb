package org.sessionregistry.cdi;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.sessionregistry.settings.SessionSettings;

/**
 * Which beans add what to which session. A bean that names a session comes before one that is for
 * every session, where there can be only one; what is for every session leaves out those whose
 * settings cannot have it, but a bean that names such a session is a problem. Immutable; any
 * thread.
 *
 * @param <B> how the container describes a bean
 */
final class HookPlan<B> {
  /** One bean as one of the things it can be. */
  record Use<B>(HookKind kind, HookBean<B> hook) {}

  private final List<HookBean<B>> beans;

  HookPlan(Collection<HookBean<B>> beans) {
    this.beans =
        beans.stream()
            .sorted(
                comparingInt((HookBean<B> bean) -> bean.priority()).thenComparing(HookBean::place))
            .toList();
  }

  /** Everything that a session gets, in the order in which it is added. */
  List<Use<B>> of(SessionSettings session) {
    List<Use<B>> uses = new ArrayList<>();
    for (HookKind kind : HookKind.values()) {
      List<HookBean<B>> chosen = chosen(kind, session);
      if (kind.several() || chosen.size() == 1) {
        chosen.forEach(bean -> uses.add(new Use<>(kind, bean)));
      }
    }
    // An application that writes a codec does not want the binding that it has for other things.
    if (uses.stream().anyMatch(use -> use.kind() == HookKind.JSON)) {
      uses.removeIf(use -> use.kind() == HookKind.JSON_BINDING);
    }
    return uses;
  }

  private List<HookBean<B>> chosen(HookKind kind, SessionSettings session) {
    if (kind.several()) {
      return with(kind, bean -> bean.isFor(session.name()) || bean.isFor(SessionName.EVERY));
    }
    List<HookBean<B>> own = selected(with(kind, bean -> bean.isFor(session.name())));
    if (!own.isEmpty() || kind.misses(session).isPresent()) {
      return own;
    }
    return selected(with(kind, bean -> bean.isFor(SessionName.EVERY)));
  }

  private List<HookBean<B>> with(HookKind kind, Predicate<HookBean<B>> chosen) {
    return beans.stream().filter(bean -> bean.kinds().contains(kind)).filter(chosen).toList();
  }

  /** As the container would: alternatives first, and of them those with the highest priority. */
  private List<HookBean<B>> selected(List<HookBean<B>> candidates) {
    List<HookBean<B>> alternatives = candidates.stream().filter(HookBean::alternative).toList();
    if (alternatives.isEmpty()) {
      return candidates;
    }
    int highest = alternatives.get(alternatives.size() - 1).priority();
    return alternatives.stream().filter(bean -> bean.priority() == highest).toList();
  }

  /** What is wrong with the beans, each problem once; nothing is wrong with an empty list. */
  List<String> problems(Map<String, SessionSettings> sessions) {
    List<String> problems = new ArrayList<>(unknownSessions(sessions.keySet()));
    for (SessionSettings session : sessions.values()) {
      for (HookKind kind : HookKind.values()) {
        if (!kind.several()) {
          problems.addAll(problems(kind, session));
        }
      }
    }
    return problems;
  }

  List<String> unknownSessions(Collection<String> known) {
    List<String> problems = new ArrayList<>();
    for (HookBean<B> bean : beans) {
      for (String name : new TreeSet<>(bean.sessions())) {
        if (!name.equals(SessionName.EVERY) && !known.contains(name)) {
          problems.add(HookMessages.unknownSession(bean, name, known));
        }
      }
    }
    return problems;
  }

  private List<String> problems(HookKind kind, SessionSettings session) {
    List<HookBean<B>> chosen = chosen(kind, session);
    List<String> problems = new ArrayList<>();
    boolean named = chosen.stream().anyMatch(bean -> bean.isFor(session.name()));
    if (chosen.size() > 1 && (named || kind != HookKind.JSON_BINDING)) {
      problems.add(
          HookMessages.ambiguous(
              kind, session.name(), chosen.stream().map(HookBean::place).toList()));
    }
    Optional<String> missed = kind.misses(session);
    if (missed.isPresent()) {
      chosen.forEach(
          bean ->
              problems.add(HookMessages.refused(kind, session.name(), bean.place(), missed.get())));
    }
    return problems;
  }

  /** Beans that could be for sessions but name none. */
  List<HookBean<B>> withoutSession() {
    return beans.stream()
        .filter(bean -> bean.sessions().isEmpty())
        .sorted(comparing(HookBean::place))
        .toList();
  }

  /** The names that beans have, so that what only the environment configures is looked for. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    beans.forEach(bean -> names.addAll(bean.sessions()));
    names.remove(SessionName.EVERY);
    return names;
  }
}
