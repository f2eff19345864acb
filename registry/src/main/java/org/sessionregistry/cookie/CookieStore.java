package org.sessionregistry.cookie;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where several nodes keep the cookies that they share: a map of texts that all of them see, such
 * as a cache of a data grid ({@link JCacheCookieStore}). Each cookie is an entry of its own.
 *
 * <p>Never broken: what is put under a key is what others get, whole or not at all. The values are
 * the cookies' values, readable: the store is as secret as a password.
 *
 * <p>For any thread. Its methods may block: they are called in the background only. What they throw
 * is logged once, and the session goes on with the cookies that it has.
 */
public interface CookieStore {
  /**
   * Every entry whose key begins with a text.
   *
   * @param prefix the text
   * @return the entries, a copy
   * @throws Exception if they cannot be read
   */
  Map<String, String> entries(String prefix) throws Exception;

  /**
   * One entry.
   *
   * @param key the key
   * @return its value; empty if there is none
   * @throws Exception if it cannot be read
   */
  Optional<String> get(String key) throws Exception;

  /**
   * Adds an entry or replaces its value.
   *
   * @param key the key
   * @param value the value
   * @throws Exception if it cannot be written
   */
  void put(String key, String value) throws Exception;

  /**
   * Removes an entry if it is there.
   *
   * @param key the key
   * @throws Exception if it cannot be removed
   */
  void remove(String key) throws Exception;

  /**
   * Removes an entry if it has this value, in one step.
   *
   * @param key the key
   * @param value the value
   * @throws Exception if it cannot be removed
   */
  void remove(String key, String value) throws Exception;

  /**
   * Tells of keys whose entries were added, changed or removed, by whomever. A change may be told
   * late, not at all, or a moment before it can be read: the jar reads once more a second later,
   * and all entries now and then.
   *
   * @param changed is told the key, on any thread; it does not block
   * @return ends the telling
   * @throws Exception if the store cannot tell
   */
  AutoCloseable listen(Consumer<String> changed) throws Exception;
}
