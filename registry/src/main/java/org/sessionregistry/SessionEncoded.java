package org.sessionregistry;

/** A body whose bytes, or parts of them, are made by the session that sends it. */
interface SessionEncoded {
  /** The same body with its bytes. */
  RequestBody encodedBy(JsonCodec codec);
}
