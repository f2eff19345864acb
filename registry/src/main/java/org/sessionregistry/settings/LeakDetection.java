package org.sessionregistry.settings;

/** Whether responses that were neither read to their end nor closed are found. */
public enum LeakDetection {
  /** They are not. */
  OFF,
  /** They are; of one request in 1024 it is known where it was sent. */
  SAMPLED,
  /** They are, and of all of them it is known where they were sent, which costs. */
  FULL
}
