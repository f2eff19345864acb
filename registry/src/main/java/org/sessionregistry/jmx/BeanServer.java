package org.sessionregistry.jmx;

import java.util.Optional;

/** Where MBeans are seen; a port, so that nothing else depends on {@code java.management}. */
interface BeanServer {
  /**
   * The name of an MBean.
   *
   * @param type {@code Registry} or {@code Session}
   * @param registry the number of the registry
   * @param name the name of the session
   */
  record Name(String type, int registry, Optional<String> name) {}

  /**
   * Shows a bean.
   *
   * @param type the MXBean interface whose attributes are shown
   * @return false if another has the name already
   * @throws Exception whatever the server or one of its listeners throws
   */
  <T> boolean add(Name name, Class<T> type, T bean) throws Exception;

  /**
   * Takes away what is shown under a name.
   *
   * @throws Exception whatever the server or one of its listeners throws
   */
  void remove(Name name) throws Exception;
}
