package org.sessionregistry.cookie;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The stored cookies that one request gets, and how they are written (§5.8.3 steps 4 and 6).
 *
 * <p>Never broken: the order is that of {@link StoredCookie#HEADER_ORDER}. One match, by far the
 * most frequent case, costs no array and no new text.
 *
 * <p>One object per request, not shared.
 */
final class Matches {
  private static final int FIRST_ROOM = 8;

  private final StoredCookie first;
  private StoredCookie[] all = {};
  private int size = 1;

  Matches(StoredCookie first) {
    this.first = first;
  }

  void add(StoredCookie stored) {
    if (all.length == 0) {
      all = new StoredCookie[FIRST_ROOM];
      all[0] = first;
    } else if (size == all.length) {
      all = Arrays.copyOf(all, size * 2);
    }
    all[size++] = stored;
  }

  /** The field's value. */
  String header() {
    if (size == 1) {
      return first.pair();
    }
    sort();
    int length = 0;
    for (int i = 0; i < size; i++) {
      length += all[i].pair().length() + 2;
    }
    StringBuilder header = new StringBuilder(length).append(all[0].pair());
    for (int i = 1; i < size; i++) {
      header.append("; ").append(all[i].pair());
    }
    return header.toString();
  }

  List<Cookie> cookies() {
    if (size == 1) {
      return List.of(first.cookie());
    }
    sort();
    List<Cookie> cookies = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      cookies.add(all[i].cookie());
    }
    return List.copyOf(cookies);
  }

  /** Merges the ordered runs of the domains. */
  private void sort() {
    Arrays.sort(all, 0, size, StoredCookie.HEADER_ORDER);
  }
}
