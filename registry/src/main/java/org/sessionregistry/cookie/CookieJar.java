package org.sessionregistry.cookie;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.sessionregistry.settings.CookieJarSettings;

/**
 * Keeps the cookies of one session, of several, or of one of its users: takes what servers set,
 * gives what a request has to send.
 *
 * <p>Never broken: a cookie goes to the host that set it, or to the hosts of the domain it was set
 * for, and nowhere else (RFC 6265bis). No server's text makes {@link #store} throw.
 *
 * <p>For any thread; {@link #header}, {@link #matching} and {@link #store} never block. What a jar
 * of the application's own throws fails the exchange.
 */
public interface CookieJar {

  /** Which cookies are saved. */
  enum Keep {
    /** Only those with an end of their own, as the standard has it. */
    PERSISTENT,
    /** Those that end with the session too, so that a login outlives the process. */
    ALL
  }

  /**
   * An empty jar in memory.
   *
   * @param settings what the jar accepts
   * @param clock the time by which cookies end
   * @return the jar
   */
  static CookieJar inMemory(CookieJarSettings settings, InstantSource clock) {
    Reception reception = new Reception(settings.acceptIpHosts(), settings.publicSuffixes());
    return new MemoryCookieJar(reception, CookieLimits.DEFAULT, clock);
  }

  /**
   * A jar that keeps nothing.
   *
   * @return the jar
   */
  static CookieJar none() {
    return NoCookies.INSTANCE;
  }

  /**
   * What a request has to send.
   *
   * @param uri the request's URI
   * @return the value of its {@code Cookie} field; empty when there is none
   */
  String header(URI uri);

  /**
   * The same for a URI in two parts, the first of which is the same for many requests. A jar that
   * needs no more of a URI than its host and path is faster with it.
   *
   * @param origin scheme, host and port of the request's URI
   * @param requestTarget its path and query, as they are sent
   * @return the value of its {@code Cookie} field; empty when there is none
   */
  default String header(URI origin, String requestTarget) {
    return header(URI.create(origin + requestTarget));
  }

  /**
   * The cookies that {@link #header} writes.
   *
   * @param uri the request's URI
   * @return the cookies, in the order of the field
   */
  List<Cookie> matching(URI uri);

  /**
   * Takes the {@code Set-Cookie} fields of a response; those that the rules refuse are ignored.
   *
   * @param uri the request's URI
   * @param setCookieFields the fields' values, one character per octet, in the response's order
   */
  void store(URI uri, List<String> setCookieFields);

  /**
   * Puts the application's own cookie into the jar, in place of the same one (name, domain,
   * host-only, path), whose time of creation it takes over.
   *
   * @param cookie the cookie
   * @throws IllegalArgumentException if the jar does not accept cookies for the cookie's domain
   */
  void put(Cookie cookie);

  /**
   * All cookies that have not ended.
   *
   * @return the cookies, by domain and in the order in which they are sent
   */
  List<Cookie> cookies();

  /**
   * Removes a cookie if it is there, whatever its value.
   *
   * @param cookie the name, domain, host-only flag and path
   */
  void remove(Cookie cookie);

  /**
   * Removes what is not wanted any more, such as the cookies of a session that is over.
   *
   * @param unwanted true for what is removed
   */
  default void removeIf(Predicate<Cookie> unwanted) {
    cookies().stream().filter(unwanted).forEach(this::remove);
  }

  /** Removes every cookie. */
  void clear();

  /**
   * Writes the cookies, one per line. The values are in it, readable: it is as secret as a
   * password.
   *
   * @param out where to write; not closed
   * @param keep which cookies
   * @throws IOException if it cannot be written
   */
  default void save(Writer out, Keep keep) throws IOException {
    CookieFile.write(cookies(), keep, out);
  }

  /**
   * Writes the cookies to a file, which only its owner can read where the file system knows that,
   * and which is replaced as a whole or not at all.
   *
   * @param file the file, in a directory that exists
   * @param keep which cookies
   * @throws IOException if it cannot be written
   */
  default void save(Path file, Keep keep) throws IOException {
    CookieFile.write(cookies(), keep, file);
  }

  /**
   * Adds saved cookies to those in the jar. Cookies that have ended, or that the jar does not
   * accept any more, are left out; a jar of another kind whose {@link #put} refuses some overrides
   * this.
   *
   * @param in what {@link #save(Writer, Keep)} wrote; not closed
   * @throws IOException if the text cannot be read or is not a saved jar; nothing is added then
   */
  default void load(Reader in) throws IOException {
    CookieFile.read(in).forEach(this::put);
  }

  /**
   * Adds the cookies saved in a file, see {@link #load(Reader)}.
   *
   * @param file what {@link #save(Path, Keep)} wrote
   * @throws IOException if it cannot be read or is not a saved jar; nothing is added then
   */
  default void load(Path file) throws IOException {
    try (Reader in = CookieFile.open(file)) {
      load(in);
    }
  }
}
