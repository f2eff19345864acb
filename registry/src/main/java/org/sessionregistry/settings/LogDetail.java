package org.sessionregistry.settings;

/** What a session writes to the log of each exchange. */
public enum LogDetail {
  /** Nothing. */
  NONE,
  /** One line when it has ended: method, URL, status or failure, time, bytes. */
  SUMMARY,
  /** The same, and the header fields of each answer; credentials are masked. */
  HEADERS
}
