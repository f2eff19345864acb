package org.sessionregistry.containers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Optional;

/**
 * An application server in a process of its own. Each method returns when the server has done what
 * it says.
 */
interface Container extends AutoCloseable {
  /**
   * Puts an application to work.
   *
   * @throws DeploymentFailedException if the server refuses it
   */
  void deploy(Application application) throws Exception;

  void undeploy(Application application) throws Exception;

  /** Where an application answers. Ends with a slash. */
  URI address(Application application);

  /** Where MicroProfile Health tells whether its applications are ready, if it has that. */
  default Optional<URI> readiness() {
    return Optional.empty();
  }

  /** Its JVM. */
  ServerProcess process();

  /** A port that nobody has at this moment. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
