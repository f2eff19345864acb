package org.sessionregistry.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class WithoutCachesTest {
  @Test
  void withoutTheApiOfCachesOnlyASharedJarIsRefusedAndTheMessageSaysWhatToAdd() throws Exception {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader alone =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(alone);
      Callable<?> opening =
          (Callable<?>)
              alone.loadClass(WithoutCaches.class.getName()).getDeclaredConstructor().newInstance();
      assertThat(opening.call())
          .asString()
          .startsWith("cookie-jar = shared: expected")
          .contains("javax.cache:cache-api", "cookie-jar=memory");
    } finally {
      Thread.currentThread().setContextClassLoader(context);
    }
  }

  private static URL[] classPath() throws Exception {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<URL> urls = new ArrayList<>();
    for (String entry : path.split(File.pathSeparator)) {
      if (!entry.contains("cache-api")) {
        urls.add(new File(entry).toURI().toURL());
      }
    }
    return urls.toArray(URL[]::new);
  }
}
