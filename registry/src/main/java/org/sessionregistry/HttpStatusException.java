package org.sessionregistry;

import java.nio.charset.Charset;

/**
 * The server answered with 4xx or 5xx, and that counts as a failure: because of {@code
 * raise-for-status} or {@link Response#raiseForStatus()}.
 */
public final class HttpStatusException extends SessionException {
  private static final long serialVersionUID = 1L;

  /** The status code. */
  private final int status;

  /** Not part of the serial form: it is for the program that sent the request. */
  private final transient Headers headers;

  /** The start of the body as text. */
  private final String bodyStart;

  /**
   * Describes the failure.
   *
   * @param detail whose exchange failed
   * @param what what happened and what to change
   * @param status the status code
   * @param headers the header fields of the response
   * @param bodyStart the first bytes of the body
   * @param charset how they are text
   */
  public HttpStatusException(
      FailureDetail detail,
      String what,
      int status,
      Headers headers,
      byte[] bodyStart,
      Charset charset) {
    super(detail, what, null);
    this.status = status;
    this.headers = headers;
    this.bodyStart = new String(bodyStart, charset);
  }

  /**
   * The status code (RFC 9110 section 15).
   *
   * @return from 400 to 599
   */
  public int status() {
    return status;
  }

  /**
   * The header fields of the response.
   *
   * @return the headers, empty when the exception comes from another JVM
   */
  public Headers headers() {
    return headers == null ? Headers.empty() : headers;
  }

  /**
   * The start of the body as text: up to 8 KiB of it.
   *
   * @return the text, empty when there was no body or it did not come
   */
  public String bodyStart() {
    return bodyStart;
  }

  @Override
  public FailureKind kind() {
    return FailureKind.HTTP_STATUS;
  }
}
