package org.sessionregistry;

import java.util.OptionalLong;

/**
 * Hears how much of a response's body has been written to a file. Called on a thread that may
 * block, by one thread at a time; what it throws ends the download.
 */
@FunctionalInterface
public interface DownloadProgress {
  /**
   * A part of the body was written.
   *
   * @param received bytes of the file that are there, those of an earlier download included
   * @param total the length that the file will have, empty when it is not known
   */
  void received(long received, OptionalLong total);
}
