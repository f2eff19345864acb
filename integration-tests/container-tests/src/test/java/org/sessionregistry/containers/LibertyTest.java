package org.sessionregistry.containers;

import java.nio.file.Path;
import java.util.Map;

class LibertyTest extends ContainerContract {
  @Override
  Container start(Path work, Map<String, String> properties) throws Exception {
    return new Liberty(work, properties);
  }

  /**
   * The server gives all applications the same loggers, each with the class that asked for it
   * first, for as long as anybody has it: what keeps one application keeps the one before it, too.
   */
  @Override
  int copiesThatMayStay() {
    return super.copiesThatMayStay() + 1;
  }
}
