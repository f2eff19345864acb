package org.sessionregistry.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.Version;
import org.junit.jupiter.api.Test;

/** The build runs this module's tests on two lines of Netty: is it the one that it says? */
class NettyLineTest {
  @Test
  void everyNettyOnTheClassPathIsOfTheExpectedVersion() {
    String expected = System.getProperty("expected.netty");

    assertThat(expected).as("system property expected.netty, set by the build").isNotNull();
    assertThat(Version.identify().values())
        .extracting(Version::artifactVersion)
        .isNotEmpty()
        .containsOnly(expected);
  }
}
