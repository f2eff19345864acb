package org.sessionregistry.settings;

/** How a URI reference may be shown: what can be a secret in it is left out. */
public final class ReferenceText {
  private ReferenceText() {}

  /**
   * The reference without its query, and without what stands before an {@code @}, however malformed
   * it is.
   *
   * @param reference any text that was meant to be a URI reference
   * @return what may be shown
   */
  public static String shown(String reference) {
    String masked = masked(reference);
    int query = masked.indexOf('?');
    return query < 0 ? masked : masked.substring(0, query) + "?…";
  }

  /**
   * The reference without what stands before an {@code @}.
   *
   * @param reference any text that was meant to be a URI reference
   * @return the text, with a mask in place of user name and password
   */
  public static String masked(String reference) {
    return reference.replaceFirst(
        "(?s)^([A-Za-z][A-Za-z0-9+.-]*://)?.*@", "$1" + Secret.MASK + "@");
  }
}
