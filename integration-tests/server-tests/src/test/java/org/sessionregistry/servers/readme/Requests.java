package org.sessionregistry.servers.readme;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sessionregistry.ClientSession;
import org.sessionregistry.FormBody;
import org.sessionregistry.Headers;
import org.sessionregistry.MultipartBody;
import org.sessionregistry.RequestBody;
import org.sessionregistry.Response;

/** The examples of docs/requests.md, word for word. */
final class Requests {
  private Requests() {}

  /** What JSON is made of. */
  public record Item(String name, int count) {}

  static int uri(ClientSession crm) throws IOException, InterruptedException {
    // uri
    try (Response response =
        crm.get("/customers/{id}/orders")
            .path("id", "a/b") // becomes a%2Fb: a value never leaves its segment
            .query("state", "open & late")
            .query("state", "new") // the same name again
            .send()) {
      return response.status();
    }
  }

  static int form(ClientSession crm) throws IOException, InterruptedException {
    // form
    try (Response response =
        crm.post("/login").form(Map.of("user", "ada", "roles", List.of("admin", "dev"))).send()) {
      return response.status();
    }
  }

  static int fields(ClientSession crm) throws IOException, InterruptedException {
    // fields
    RequestBody body =
        FormBody.builder().field("name", "Ada & Grace").field("tag", 1).field("tag", 2).build();
    try (Response response = crm.post("/people").body(body).send()) {
      return response.status();
    }
  }

  static int multipart(ClientSession crm, Path scan) throws IOException, InterruptedException {
    // multipart
    RequestBody body =
        MultipartBody.form()
            .field("title", "Invoice 7")
            .file("scan", scan, "application/pdf")
            .part("meta", RequestBody.ofJson(new Item("paper", 2)))
            .build();
    try (Response response = crm.post("/documents").body(body).send()) {
      return response.status();
    }
  }

  static int related(ClientSession crm) throws IOException, InterruptedException {
    // related
    RequestBody body =
        MultipartBody.of("related")
            .part(Headers.of("Content-ID", "<start>"), RequestBody.ofText("see <logo>"))
            .part(
                Headers.of("Content-ID", "<logo>"), RequestBody.ofBytes(new byte[10], "image/png"))
            .build();
    try (Response response = crm.post("/mails").body(body).send()) {
      return response.status();
    }
  }

  static int json(ClientSession crm) throws IOException, InterruptedException {
    // json
    try (Response response = crm.post("/items").json(new Item("paper", 2)).send()) {
      return response.status();
    }
  }
}
