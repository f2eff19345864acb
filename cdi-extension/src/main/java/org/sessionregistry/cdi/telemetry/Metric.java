package org.sessionregistry.cdi.telemetry;

/**
 * Everything that is measured, each once: name, unit and meaning. Those that begin with {@code
 * http} are of the semantic conventions, the others follow their style.
 */
enum Metric {
  REQUEST_DURATION(
      "http.client.request.duration",
      "s",
      "One attempt, from asking for a connection to the headers of the response or a failure."),
  ACTIVE_REQUESTS(
      "http.client.active_requests",
      "{request}",
      "Attempts that have neither the headers of a response nor a failure yet."),
  REQUEST_BODY_SIZE(
      "http.client.request.body.size", "By", "Body of a request that had one, as it was sent."),
  RESPONSE_BODY_SIZE(
      "http.client.response.body.size",
      "By",
      "Body of a response as it was received, before decompression."),
  CONNECTION_DURATION(
      "http.client.connection.duration",
      "s",
      "How long a connection was open; recorded when it is closed."),
  OPEN_CONNECTIONS(
      "http.client.open_connections", "{connection}", "Open connections, active or idle."),
  WAIT_TIME(
      "session.pool.connection.wait_time",
      "s",
      "From asking for a connection to having one: the queue, and opening one if need be."),
  CREATE_TIME(
      "session.pool.connection.create_time",
      "s",
      "Opening a connection: the name, TCP or the way through a proxy, TLS."),
  CONNECTION_LIMIT(
      "session.pool.connection.limit",
      "{connection}",
      "The most connections of the pool; absent if it is unlimited."),
  CONNECTIONS_OPENED("session.pool.connection.opened", "{connection}", "Connections opened."),
  OPEN_FAILURES(
      "session.pool.connection.open_failures",
      "{attempt}",
      "Attempts to open a connection that failed."),
  CONNECTIONS_REUSED(
      "session.pool.connection.reused",
      "{request}",
      "Requests that took a connection which had served another."),
  QUEUE_LENGTH("session.pool.queue.length", "{request}", "Requests that wait for a connection."),
  QUEUE_LIMIT(
      "session.pool.queue.limit",
      "{request}",
      "The most requests that may wait; absent if it is unlimited."),
  OLDEST_WAIT(
      "session.pool.queue.oldest_wait",
      "s",
      "How long the request that waits longest has been waiting."),
  EXCHANGES_ACTIVE(
      "session.exchange.active",
      "{exchange}",
      "Exchanges that have not ended, bodies and pauses between attempts included."),
  EXCHANGE_FAILURES("session.exchange.failures", "{exchange}", "Exchanges that failed, by kind."),
  EXCHANGE_RETRIES(
      "session.exchange.retries",
      "{request}",
      "Requests sent again because an attempt had failed.");

  private final String text;
  private final String unit;
  private final String meaning;

  Metric(String text, String unit, String meaning) {
    this.text = text;
    this.unit = unit;
    this.meaning = meaning;
  }

  String text() {
    return text;
  }

  String unit() {
    return unit;
  }

  String meaning() {
    return meaning;
  }
}
