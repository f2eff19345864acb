package org.sessionregistry;

/**
 * What went wrong, for statistics and for {@code switch}: one kind for each type of {@link
 * SessionException}, with the type's name. In the order in which an exchange can meet them.
 */
public enum FailureKind {
  /** {@link SessionClosedException}. */
  SESSION_CLOSED,
  /** {@link QueueFullException}. */
  QUEUE_FULL,
  /** {@link QueueTimeoutException}. */
  QUEUE_TIMEOUT,
  /** {@link HostNotFoundException}. */
  HOST_NOT_FOUND,
  /** {@link DnsTimeoutException}. */
  DNS_TIMEOUT,
  /** {@link EgressDeniedException}. */
  EGRESS_DENIED,
  /** {@link ConnectionFailedException}. */
  CONNECTION_FAILED,
  /** {@link ConnectTimeoutException}. */
  CONNECT_TIMEOUT,
  /** {@link ProxyAuthenticationException}. */
  PROXY_AUTHENTICATION,
  /** {@link ProxyConnectException}. */
  PROXY_CONNECT,
  /** {@link TlsConfigurationException}. */
  TLS_CONFIGURATION,
  /** {@link TlsNegotiationException}. */
  TLS_NEGOTIATION,
  /** {@link UntrustedCertificateException}. */
  UNTRUSTED_CERTIFICATE,
  /** {@link ExpiredCertificateException}. */
  EXPIRED_CERTIFICATE,
  /** {@link WrongHostException}. */
  WRONG_HOST,
  /** {@link PinMismatchException}. */
  PIN_MISMATCH,
  /** {@link ClientCertificateRefusedException}. */
  CLIENT_CERTIFICATE_REFUSED,
  /** {@link TlsFailedException} for any other reason. */
  TLS_FAILED,
  /** {@link TlsHandshakeTimeoutException}. */
  TLS_HANDSHAKE_TIMEOUT,
  /** {@link CredentialsException}. */
  CREDENTIALS,
  /** {@link InterceptorException}. */
  INTERCEPTOR,
  /** {@link RequestBodyException}. */
  REQUEST_BODY,
  /** {@link ListenerFailedException}. */
  LISTENER_FAILED,
  /** {@link WriteTimeoutException}. */
  WRITE_TIMEOUT,
  /** {@link ResponseTimeoutException}. */
  RESPONSE_TIMEOUT,
  /** {@link InvalidResponseException}. */
  INVALID_RESPONSE,
  /** {@link HttpStatusException}. */
  HTTP_STATUS,
  /** {@link ResponseTooLargeException}. */
  RESPONSE_TOO_LARGE,
  /** {@link ReadTimeoutException}. */
  READ_TIMEOUT,
  /** {@link TruncatedResponseException}. */
  TRUNCATED_RESPONSE,
  /** {@link ResponseBodyException}; the exchange itself succeeded, so it is never counted. */
  RESPONSE_BODY,
  /** {@link ResponseClosedException}. */
  RESPONSE_CLOSED,
  /** {@link TooManyRedirectsException}. */
  TOO_MANY_REDIRECTS,
  /** {@link RedirectRefusedException}. */
  REDIRECT_REFUSED,
  /** {@link ConnectionLostException} before anything of the response came. */
  CONNECTION_LOST,
  /** {@link WebSocketHandshakeException}. */
  WEB_SOCKET_HANDSHAKE,
  /** {@link WebSocketProtocolException}. */
  WEB_SOCKET_PROTOCOL,
  /** {@link WebSocketMessageTooLargeException}. */
  WEB_SOCKET_MESSAGE_TOO_LARGE,
  /** {@link WebSocketPingTimeoutException}. */
  WEB_SOCKET_PING_TIMEOUT,
  /** {@link WebSocketListenerException}. */
  WEB_SOCKET_LISTENER,
  /** {@link WebSocketClosedException}; of sending, not of the WebSocket. */
  WEB_SOCKET_CLOSED,
  /** {@link AttemptTimeoutException}. */
  ATTEMPT_TIMEOUT,
  /** {@link TotalTimeoutException}. */
  TOTAL_TIMEOUT
}
