package org.sessionregistry.cdi.restclient;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.ClientSession;

/**
 * Sees both sides where a server hides its implementation from applications, as Open Liberty does:
 * what the implementation's name starts with is the server's, all else the application's, but for
 * the classes of this package, of which it defines copies. The rule: a copy and its original never
 * meet; only {@link ClientSession} and the server's own types are handed over. Thread-safe.
 */
final class TransportLoader extends ClassLoader {
  private static final String OURS = TransportLoader.class.getPackageName() + ".";

  /** The one of the last client, so that many clients need one; belongs to this application. */
  private static volatile @Nullable TransportLoader last;

  private final ClassLoader application;
  private final ClassLoader server;
  private final String implementation;

  /**
   * Between two sides.
   *
   * @param application sees the API and this package
   * @param server sees the implementation
   * @param implementation what the names of its classes start with
   */
  TransportLoader(ClassLoader application, ClassLoader server, String implementation) {
    super("session-registry between server and application", null);
    this.application = application;
    this.server = server;
    this.implementation = implementation;
  }

  /**
   * One that sees the classes that the server's class sees and is of.
   *
   * @param seen of the implementation
   */
  static TransportLoader to(Class<?> seen, String implementation) {
    TransportLoader known = last;
    ClassLoader server = seen.getClassLoader();
    if (known == null || known.server != server) {
      known = new TransportLoader(TransportLoader.class.getClassLoader(), server, implementation);
      last = known;
    }
    return known;
  }

  /**
   * Makes a transport.
   *
   * @param original a class of this package, which cannot be loaded itself
   * @throws ReflectiveOperationException if the server's classes are not those that it needs
   */
  Object transport(String original, ClientSession session) throws ReflectiveOperationException {
    Constructor<?> constructor =
        Class.forName(OURS + original, true, this).getDeclaredConstructor(ClientSession.class);
    constructor.setAccessible(true); // a package of another loader is another package
    return constructor.newInstance(session);
  }

  /** Asked for what the JDK does not have. */
  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(OURS)) {
      return copy(name);
    }
    return (name.startsWith(implementation) ? server : application).loadClass(name);
  }

  private Class<?> copy(String name) throws ClassNotFoundException {
    try (InputStream in =
        application.getResourceAsStream(name.replace('.', '/').concat(".class"))) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
