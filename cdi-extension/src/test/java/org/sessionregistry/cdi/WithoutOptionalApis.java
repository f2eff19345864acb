package org.sessionregistry.cdi;

import org.sessionregistry.Response;

/** An application in a JVM of its own, whose class path lacks what is optional. */
final class WithoutOptionalApis {
  private WithoutOptionalApis() {}

  /** Fetches from the URL that is given, and says what is not there. */
  public static void main(String[] args) throws Exception {
    try (Application application =
            Application.configured("client-session.github.base-url", args[0]).start();
        Response response = application.session("github").get("x").send()) {
      System.out.println(response.status() + " " + response.text());
    }
    for (int i = 1; i < args.length; i++) {
      try {
        Class.forName(args[i]);
        System.out.println("there is " + args[i]);
      } catch (ClassNotFoundException e) {
        System.out.println("no " + args[i]);
      }
    }
  }
}
