package org.sessionregistry.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.enterprise.inject.spi.Extension;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** What a container sees of the jar before it runs any of it. */
class PackagingTest {
  @Test
  void containersFindTheExtension() {
    assertThat(ServiceLoader.load(Extension.class).stream().map(ServiceLoader.Provider::type))
        .contains(SessionExtension.class);
  }

  @Test
  void containersFindNoBeanByItsClass() throws Exception {
    try (InputStream beans = SessionExtension.class.getResourceAsStream("/META-INF/beans.xml")) {
      assertThat(new String(beans.readAllBytes(), StandardCharsets.UTF_8))
          .contains("bean-discovery-mode=\"none\"");
    }
  }
}
