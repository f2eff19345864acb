package org.sessionregistry.cdi.restclient;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.Map;
import org.eclipse.microprofile.rest.client.spi.RestClientListener;

/**
 * The listeners that an implementation has found and remembers. RESTEasy and CXF do so in a static
 * map from class loader to listeners; a listener of the application holds its class loader, so that
 * the server would keep the application when it is gone. Taken out, they are found again for the
 * next client. The rule: where that is not possible, all else goes on. Stateless; any thread.
 */
final class RememberedListeners {
  private static final Logger LOG = System.getLogger(RememberedListeners.class.getPackageName());

  private static final String RESTEASY = "org.jboss.resteasy.";
  private static final String CXF = "org.apache.cxf.";

  private RememberedListeners() {}

  /**
   * Makes an implementation forget all the listeners that it found together with one.
   *
   * @param builder a class of the implementation
   */
  static void forget(RestClientListener listener, Class<?> builder) {
    String name = builder.getName();
    if (name.startsWith(RESTEASY)) {
      forget(listener, builder, RESTEASY + "microprofile.client.RestClientListeners", "map");
    } else if (name.startsWith(CXF)) {
      forget(
          listener,
          builder,
          CXF + "microprofile.client.CxfTypeSafeClientBuilder",
          "REST_CLIENT_LISTENERS");
    }
  }

  private static void forget(
      RestClientListener listener, Class<?> builder, String holder, String map) {
    try {
      Field field = Class.forName(holder, false, builder.getClassLoader()).getDeclaredField(map);
      field.setAccessible(true);
      if (field.get(null) instanceof Map<?, ?> found) {
        found
            .values()
            .removeIf(
                listeners -> listeners instanceof Collection<?> all && all.contains(listener));
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.DEBUG, RestClientMessages.remembered(holder), e);
    }
  }
}
