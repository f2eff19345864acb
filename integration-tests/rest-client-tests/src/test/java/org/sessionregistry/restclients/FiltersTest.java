package org.sessionregistry.restclients;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.sse.InboundSseEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.sessionregistry.ClientSession;
import org.sessionregistry.cdi.restclient.SessionRestClients;

/** What stands between an interface and its transport goes on working. */
@Timeout(60)
class FiltersTest {
  private static final String ADA = "{\"name\":\"Ada\",\"age\":36}";

  @RegisterExtension final World world = new World();

  @Test
  void aRequestFilterSetsHeadersAndTheUri() {
    List<String> tokens = new CopyOnWriteArrayList<>();
    Upstream upstream =
        world.upstream(
            call -> {
              tokens.add(call.header("X-Token"));
              call.json(ADA);
            });

    filtered(upstream, world.session(s -> s), new Signing()).user("ada");

    assertThat(tokens).containsExactly("t");
    assertThat(upstream.seen()).containsExactly("GET /users/ada?signed=true");
  }

  @Test
  void aRequestFilterAnswersItself() {
    Upstream upstream = world.upstream(call -> call.status(500));
    ClientSession session = world.session(s -> s);

    User user = filtered(upstream, session, new Answering()).user("ada");

    assertThat(user).hasToString("Filter, 1");
    assertThat(session.statistics().requests()).isZero();
  }

  @Test
  void aResponseFilterSeesStatusAndHeaders() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Upstream upstream = world.upstream(call -> call.set("X-A", "1").json(ADA));
    ClientResponseFilter filter =
        (request, response) -> seen.add(response.getStatus() + response.getHeaderString("X-A"));

    filtered(upstream, world.session(s -> s), filter).user("ada");

    assertThat(seen).containsExactly("2001");
  }

  @Test
  void interceptorsOfWritersAndReadersStandAroundTheEntity() {
    Upstream upstream =
        world.upstream(
            call -> {
              byte[] body = new GZIPInputStream(call.body()).readAllBytes();
              call.json(new String(body, StandardCharsets.UTF_8).replace("36", "37") + " ignored");
            });
    WriterInterceptor zipping =
        context -> {
          GZIPOutputStream zip = new GZIPOutputStream(context.getOutputStream());
          context.setOutputStream(zip);
          context.proceed();
          zip.finish();
        };
    ReaderInterceptor cutting =
        context -> {
          byte[] body = context.getInputStream().readAllBytes();
          context.setInputStream(new java.io.ByteArrayInputStream(body, 0, body.length - 8));
          return context.proceed();
        };

    User added =
        filtered(upstream, world.session(s -> s), new Zipping(zipping), new Cutting(cutting))
            .add(new User("Ada", 36));

    assertThat(added).hasToString("Ada, 37");
  }

  @Test
  void serverSentEventsComeOneByOne() throws Exception {
    CountDownLatch second = world.gate();
    Upstream upstream =
        world.upstream(
            call -> {
              call.set("Content-Type", MediaType.SERVER_SENT_EVENTS);
              call.write("data: one\n\n".getBytes(StandardCharsets.UTF_8));
              second.await();
              call.write("data: two\n\n".getBytes(StandardCharsets.UTF_8));
            });
    BlockingQueue<String> events = new LinkedBlockingQueue<>();

    world
        .directory(upstream, world.session(s -> s))
        .changes("ada")
        .subscribe(
            new Subscriber<>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
              }

              @Override
              public void onNext(InboundSseEvent event) {
                events.add(event.readData());
              }

              @Override
              public void onError(Throwable failure) {
                events.add(failure.toString());
              }

              @Override
              public void onComplete() {
                events.add("end");
              }
            });

    assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("one");
    second.countDown();
    assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("two");
    assertThat(events.poll(30, TimeUnit.SECONDS)).isEqualTo("end");
  }

  private static Directory filtered(Upstream upstream, ClientSession session, Object... filters) {
    RestClientBuilder builder =
        RestClientBuilder.newBuilder()
            .baseUri(upstream.uri())
            .property(SessionRestClients.SESSION, session);
    for (Object filter : filters) {
      builder.register(filter);
    }
    return builder.build(Directory.class);
  }

  private static final class Signing implements ClientRequestFilter {
    @Override
    public void filter(ClientRequestContext context) {
      context.getHeaders().putSingle("X-Token", "t");
      context.setUri(UriBuilder.fromUri(context.getUri()).queryParam("signed", true).build());
    }
  }

  private static final class Answering implements ClientRequestFilter {
    @Override
    public void filter(ClientRequestContext context) {
      context.abortWith(
          Response.ok("{\"name\":\"Filter\",\"age\":1}", MediaType.APPLICATION_JSON).build());
    }
  }

  private record Zipping(WriterInterceptor inner) implements WriterInterceptor {
    @Override
    public void aroundWriteTo(jakarta.ws.rs.ext.WriterInterceptorContext context)
        throws java.io.IOException {
      inner.aroundWriteTo(context);
    }
  }

  private record Cutting(ReaderInterceptor inner) implements ReaderInterceptor {
    @Override
    public Object aroundReadFrom(jakarta.ws.rs.ext.ReaderInterceptorContext context)
        throws java.io.IOException {
      return inner.aroundReadFrom(context);
    }
  }
}
