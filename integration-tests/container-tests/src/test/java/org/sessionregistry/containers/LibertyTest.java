package org.sessionregistry.containers;

import java.nio.file.Path;
import java.util.Map;

class LibertyTest extends ContainerContract {
  @Override
  Container start(Path work, Map<String, String> properties) throws Exception {
    return new Liberty(work, properties);
  }
}
