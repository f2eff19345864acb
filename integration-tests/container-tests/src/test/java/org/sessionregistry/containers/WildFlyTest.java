package org.sessionregistry.containers;

import java.nio.file.Path;
import java.util.Map;

class WildFlyTest extends ContainerContract {
  @Override
  Container start(Path work, Map<String, String> properties) throws Exception {
    return new WildFly(work, properties);
  }

  @Override
  int copiesThatMayStay() {
    return super.copiesThatMayStay() + WildFly.WORKERS;
  }
}
