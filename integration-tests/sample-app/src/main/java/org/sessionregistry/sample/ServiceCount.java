package org.sessionregistry.sample;

import java.util.Map;

/**
 * What the demonstration server saw of one service's clients.
 *
 * @param requestsByPath requests, by method and first part of the path ({@code GET /products})
 * @param cookies requests that carried a cookie, by its name
 * @param bytesReceived bytes of request bodies
 * @param bytesSent bytes of response bodies
 * @param peak the most requests that were being answered at once
 * @param accepted connections that clients opened
 * @param used those of them that carried at least one request
 * @param open those that are still open
 */
public record ServiceCount(
    Map<String, Long> requestsByPath,
    Map<String, Long> cookies,
    long bytesReceived,
    long bytesSent,
    int peak,
    int accepted,
    int used,
    int open) {

  /** Keeps copies. */
  public ServiceCount {
    requestsByPath = Map.copyOf(requestsByPath);
    cookies = Map.copyOf(cookies);
  }

  /** Requests of all paths. */
  public long requests() {
    return requestsByPath.values().stream().mapToLong(Long::longValue).sum();
  }
}
