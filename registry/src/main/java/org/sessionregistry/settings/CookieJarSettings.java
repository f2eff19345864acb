package org.sessionregistry.settings;

/**
 * What a session does with cookies.
 *
 * @param type where they are kept
 * @param acceptIpHosts whether hosts that are IP addresses may set cookies
 * @param publicSuffixes whether cookies for a public suffix ({@code co.uk}) are refused
 * @param cache the name of the JCache cache that nodes share, for {@link CookieJarType#SHARED}
 */
public record CookieJarSettings(
    @Setting(
            key = ".",
            value = "Where cookies are kept: none, memory, or shared (in a cache of JCache).")
        CookieJarType type,
    @Setting("Whether hosts that are IP addresses may set cookies.") boolean acceptIpHosts,
    @Setting("Refuse cookies for a public suffix such as co.uk.") boolean publicSuffixes,
    @Setting("The cache that nodes share, with cookie-jar=shared.") String cache) {

  /** The defaults: in memory, not for IP hosts, public suffixes refused. */
  public static final CookieJarSettings DEFAULTS =
      new CookieJarSettings(CookieJarType.MEMORY, false, true, "session-registry-cookies");

  /**
   * Checks the name.
   *
   * @throws InvalidSettingException if the cache has no name
   */
  public CookieJarSettings {
    if (cache.isBlank()) {
      throw new InvalidSettingException("cookie-jar.cache", cache, "the name of a cache");
    }
  }

  /**
   * A copy with another place for cookies.
   *
   * @param value the place
   * @return the copy
   */
  public CookieJarSettings withType(CookieJarType value) {
    return new CookieJarSettings(value, acceptIpHosts, publicSuffixes, cache);
  }

  /**
   * A copy that accepts or refuses cookies of IP hosts.
   *
   * @param value whether they are accepted
   * @return the copy
   */
  public CookieJarSettings withAcceptIpHosts(boolean value) {
    return new CookieJarSettings(type, value, publicSuffixes, cache);
  }

  /**
   * A copy that refuses or accepts cookies for public suffixes.
   *
   * @param value whether they are refused
   * @return the copy
   */
  public CookieJarSettings withPublicSuffixes(boolean value) {
    return new CookieJarSettings(type, acceptIpHosts, value, cache);
  }

  /**
   * A copy with another cache.
   *
   * @param value the cache's name
   * @return the copy
   */
  public CookieJarSettings withCache(String value) {
    return new CookieJarSettings(type, acceptIpHosts, publicSuffixes, value);
  }
}
