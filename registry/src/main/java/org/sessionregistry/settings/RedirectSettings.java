package org.sessionregistry.settings;

/**
 * Which redirects are followed.
 *
 * @param max how many of one exchange; 0 returns the redirect as the response
 * @param allowDowngrade whether one from https to http is followed
 */
public record RedirectSettings(
    @Setting("Redirects of one request that are followed; 0 returns the redirect.") int max,
    @Setting("Follow a redirect from https to http; otherwise such a request fails.")
        boolean allowDowngrade) {

  /** The defaults: up to 10, none from https to http. */
  public static final RedirectSettings DEFAULTS = new RedirectSettings(10, false);

  /** Refuses a negative number. */
  public RedirectSettings {
    Check.count("redirects.max", max);
  }

  /**
   * A copy with another number.
   *
   * @param value how many are followed, 0 for none
   * @return the copy
   */
  public RedirectSettings withMax(int value) {
    return new RedirectSettings(value, allowDowngrade);
  }

  /**
   * A copy that follows from https to http or does not.
   *
   * @param value whether it does
   * @return the copy
   */
  public RedirectSettings withAllowDowngrade(boolean value) {
    return new RedirectSettings(max, value);
  }
}
