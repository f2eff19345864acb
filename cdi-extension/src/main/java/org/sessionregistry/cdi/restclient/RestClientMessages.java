package org.sessionregistry.cdi.restclient;

import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.eclipse.microprofile.config.ConfigValue;

/** Everything this package says to people. Stateless; any thread. */
final class RestClientMessages {
  private RestClientMessages() {}

  static String asked(ConfigValue value) {
    return value.getName() + "=" + value.getValue() + " (" + value.getSourceName() + ")";
  }

  static String property(Class<?> serviceInterface, String name) {
    return property(serviceInterface) + "=" + name;
  }

  private static String property(Class<?> serviceInterface) {
    return serviceInterface.getName() + ": the builder's property " + SessionRestClients.SESSION;
  }

  static String noSession(Class<?> serviceInterface, Object given) {
    return property(serviceInterface)
        + " is a "
        + given.getClass().getName()
        + ": expected a ClientSession, or the name of one";
  }

  static String noContainer(String asked) {
    return asked
        + ": names are those of the application's sessions, and no CDI container runs here; give"
        + " the builder the session itself, as its property "
        + SessionRestClients.SESSION;
  }

  static String unknown(String asked, Collection<String> known) {
    return asked
        + ": there is no session of that name; "
        + (known.isEmpty()
            ? "no session is configured"
            : "the sessions are " + new TreeSet<>(known));
  }

  static String unknownImplementation(
      Class<?> serviceInterface, String session, String implementation) {
    return cannot(serviceInterface, session)
        + ": "
        + implementation
        + " is an implementation of MicroProfile Rest Client that is not supported; RESTEasy,"
        + " Jersey and CXF are";
  }

  static String hiddenImplementation(
      Class<?> serviceInterface, String session, String implementation) {
    return cannot(serviceInterface, session)
        + ": the application cannot see the classes of "
        + implementation
        + ", or they are of a version that is not supported; make the server show them to it";
  }

  static String remembered(String holder) {
    return holder
        + " may keep this application when it is gone: what it remembers of listeners is not"
        + " where it was";
  }

  private static String cannot(Class<?> serviceInterface, String session) {
    return serviceInterface.getName() + " cannot run on session '" + session + "'";
  }

  static String unused(Class<?> serviceInterface, String session, Map<String, String> instead) {
    StringJoiner settings = new StringJoiner("; ");
    instead.forEach((unused, used) -> settings.add(unused + ", set " + used));
    return serviceInterface.getName()
        + " runs on session '"
        + session
        + "', whose settings hold for its connections. Not used, with what to set of"
        + " client-session."
        + (session.indexOf('.') < 0 ? session : '"' + session + '"')
        + " instead: "
        + settings;
  }
}
