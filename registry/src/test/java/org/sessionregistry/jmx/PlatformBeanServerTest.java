package org.sessionregistry.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sessionregistry.jmx.BeanServer.Name;
import org.sessionregistry.observe.SessionMXBean;
import org.sessionregistry.settings.SessionSettings;

/** What a console sees. The number of the registry is one that no other test reaches. */
class PlatformBeanServerTest {
  private static final String ODD = "a,b=\"c\"*?\\:ü";

  private final MBeanServer jvm = ManagementFactory.getPlatformMBeanServer();
  private final PlatformBeanServer server = new PlatformBeanServer();
  private final Name name = new Name("Session", 4711, Optional.of(ODD));

  private boolean add() throws Exception {
    SessionSettings settings = SessionSettings.named(ODD);
    return server.add(
        name,
        SessionMXBean.class,
        new SessionBean(ODD, () -> settings, () -> Figures.session(ODD)));
  }

  private static ObjectName objectName() throws Exception {
    return new ObjectName(
        "org.sessionregistry:type=Session,registry=4711,name=" + ObjectName.quote(ODD));
  }

  @AfterEach
  void removeIt() throws Exception {
    server.remove(name); // twice is harmless
    assertThat(jvm.isRegistered(objectName())).isFalse();
  }

  @Test
  void aBeanIsReadByItsInterface() throws Exception {
    assertThat(add()).isTrue();
    SessionMXBean seen = JMX.newMXBeanProxy(jvm, objectName(), SessionMXBean.class);
    assertThat(seen.getName()).isEqualTo(ODD);
    assertThat(seen.getFailures()).containsOnlyKeys("QUEUE_FULL");
    assertThat(seen.getRequests()).isEqualTo(Figures.session(ODD).requests());
  }

  @Test
  void itsAttributesAreExplainedAndCannotBeSet() throws Exception {
    add();
    MBeanInfo info = jvm.getMBeanInfo(objectName());
    assertThat(info.getOperations()).isEmpty();
    assertThat(info.getAttributes())
        .hasSameSizeAs(SessionMXBean.class.getMethods())
        .noneMatch(MBeanAttributeInfo::isWritable)
        .filteredOn(attribute -> attribute.getName().equals("Waiting"))
        .extracting(MBeanAttributeInfo::getDescription)
        .containsExactly("Requests in the queue for a connection.");
  }

  @Test
  void aNameIsTakenOnce() throws Exception {
    assertThat(add()).isTrue();
    assertThat(add()).isFalse();
  }
}
