package org.sessionregistry.restclients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.sessionregistry.ClientSession;

/** What an implementation remembers of a class loader keeps it from going away. */
class ListenersTest {
  @RegisterExtension final World world = new World();

  @Test
  void noImplementationKeepsTheListenersThatItFound() {
    Upstream upstream = world.upstream(call -> call.json("{}"));
    ClientSession session = world.session(s -> s);
    int before = CountedListener.MADE.get();

    world.directory(upstream, session);
    world.directory(upstream, session);

    assertThat(CountedListener.MADE.get() - before).isEqualTo(2);
  }
}
