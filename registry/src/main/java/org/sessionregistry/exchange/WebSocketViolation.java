package org.sessionregistry.exchange;

/** The peer sent what it must not send; the code says what to close with. */
final class WebSocketViolation extends Exception {
  private static final long serialVersionUID = 1L;

  final int code;

  WebSocketViolation(int code, String message) {
    super(message, null, false, false);
    this.code = code;
  }
}
