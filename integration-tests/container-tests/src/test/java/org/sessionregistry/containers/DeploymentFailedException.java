package org.sessionregistry.containers;

/** A server refused an application. The message is what the server printed. */
final class DeploymentFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  DeploymentFailedException(String printed) {
    super(printed);
  }
}
