package org.sessionregistry.jmx;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.observe.Description;

/**
 * The JVM's own MBean server. The rule: no other class mentions {@code java.management}, so that
 * this one alone fails to load where that module is missing. Thread-safe.
 */
final class PlatformBeanServer implements BeanServer {
  private static final String DOMAIN = "org.sessionregistry";

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  /** One for all beans of a type: building it costs more than everything else. */
  private final Map<Class<?>, MBeanInfo> infos = new ConcurrentHashMap<>();

  @Override
  public <T> boolean add(Name name, Class<T> type, T bean) throws JMException {
    try {
      server.registerMBean(new Described<>(type, bean), objectName(name));
      return true;
    } catch (InstanceAlreadyExistsException taken) {
      return false;
    }
  }

  @Override
  public void remove(Name name) throws JMException {
    try {
      server.unregisterMBean(objectName(name));
    } catch (InstanceNotFoundException gone) {
      // Somebody else took it away; that is what was wanted.
    }
  }

  private static ObjectName objectName(Name name) throws JMException {
    return new ObjectName(
        DOMAIN
            + ":type="
            + name.type()
            + ",registry="
            + name.registry()
            + name.name().map(session -> ",name=" + ObjectName.quote(session)).orElse(""));
  }

  /** An MXBean that explains its attributes. */
  private final class Described<T> extends StandardMBean {
    private final Class<T> type;

    Described(Class<T> type, T bean) {
      super(bean, type, true);
      this.type = type;
    }

    @Override
    protected String getDescription(MBeanAttributeInfo attribute) {
      try {
        Method getter = type.getMethod("get" + attribute.getName());
        Description description = getter.getAnnotation(Description.class);
        return description == null ? attribute.getName() : description.value();
      } catch (NoSuchMethodException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    protected @Nullable MBeanInfo getCachedMBeanInfo() {
      return infos.get(getMBeanInterface());
    }

    @Override
    protected void cacheMBeanInfo(@Nullable MBeanInfo info) {
      if (info != null) {
        infos.put(getMBeanInterface(), info);
      }
    }
  }
}
