package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.sessionregistry.ClientSession;
import org.sessionregistry.Link;
import org.sessionregistry.Response;
import org.sessionregistry.ServerSentEvent;
import org.sessionregistry.TypeRef;
import org.sessionregistry.servers.readme.Requests.Item;

/** The examples of docs/responses.md, word for word. */
final class Responses {
  private Responses() {}

  static Item json(ClientSession crm) throws IOException, InterruptedException {
    // json
    try (Response response = crm.get("/items/7").header("Accept", "application/json").send()) {
      return response.json(Item.class);
    }
  }

  static CompletableFuture<List<Item>> list(ClientSession crm) {
    // list
    return crm.get("/items")
        .sendAsync()
        .thenCompose(response -> response.jsonAsync(new TypeRef<List<Item>>() {}));
  }

  static List<String> pages(ClientSession crm) throws IOException, InterruptedException {
    // links
    List<String> pages = new ArrayList<>();
    Optional<String> next = Optional.of("/pages");
    while (next.isPresent()) {
      try (Response response = crm.get(next.get()).send()) {
        pages.add(response.text());
        next = response.link("next").map(Link::target).map(Object::toString);
      }
    }
    return pages;
  }

  static long lines(ClientSession crm) throws IOException, InterruptedException {
    // lines
    try (Response response = crm.get("/log").send();
        Stream<String> lines = response.lines()) {
      return lines.filter(line -> line.contains("ERROR")).count();
    }
  }

  static void events(ClientSession crm, Flow.Subscriber<ServerSentEvent> listener) {
    // events
    crm.get("/events").events().subscribe(listener);
  }

  static Path save(ClientSession crm, Path target) throws IOException, InterruptedException {
    // save
    try (Response response = crm.get("/report.pdf").send()) {
      return response.saveTo(target);
    }
  }

  static boolean download(ClientSession crm, Path target) throws IOException, InterruptedException {
    // download
    try (Response response =
        crm.get("/big.iso")
            .download(target, (received, total) -> System.out.println(received + " of " + total))) {
      return response.isSuccessful();
    }
  }
}
