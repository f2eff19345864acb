package org.sessionregistry.connector;

import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A doubly linked list whose links belong to the elements, so that any element leaves at constant
 * cost and nothing is allocated. Guarded by the pool's lock.
 */
final class Chain<T> {
  private @Nullable Link<T> first;
  private @Nullable Link<T> last;
  private int size;

  /**
   * An element's place in a chain; it is in one chain at most. There are as many as waiters, three
   * times over, so it says without a field of its own whether it is in one.
   */
  static final class Link<T> {
    private final T element;

    /** The link itself while it is in no chain. */
    private @Nullable Link<T> previous = this;

    private @Nullable Link<T> next;

    Link(T element) {
      this.element = element;
    }

    private boolean isLinked() {
      return previous != this;
    }
  }

  boolean isEmpty() {
    return first == null;
  }

  int size() {
    return size;
  }

  @Nullable T first() {
    return first == null ? null : first.element;
  }

  @Nullable T last() {
    return last == null ? null : last.element;
  }

  void addLast(Link<T> link) {
    if (link.isLinked()) {
      throw new IllegalStateException(link.element + " is in a chain already");
    }
    link.previous = last;
    if (last == null) {
      first = link;
    } else {
      last.next = link;
    }
    last = link;
    size++;
  }

  void addFirst(Link<T> link) {
    if (first == null) {
      addLast(link);
      return;
    }
    if (link.isLinked()) {
      throw new IllegalStateException(link.element + " is in a chain already");
    }
    link.previous = null;
    link.next = first;
    first.previous = link;
    first = link;
    size++;
  }

  void remove(Link<T> link) {
    if (!link.isLinked()) {
      throw new IllegalStateException(link.element + " is in no chain");
    }
    Link<T> before = link.previous;
    Link<T> after = link.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    link.previous = link;
    link.next = null;
    size--;
  }

  /** The first of which this holds. */
  @Nullable T first(Predicate<T> condition) {
    for (Link<T> link = first; link != null; link = link.next) {
      if (condition.test(link.element)) {
        return link.element;
      }
    }
    return null;
  }

  void forEach(Consumer<T> visitor) {
    for (Link<T> link = first; link != null; link = link.next) {
      visitor.accept(link.element);
    }
  }
}
