package org.sessionregistry.servers.readme;

import com.github.mizosoft.methanol.Methanol;
import feign.Feign;
import feign.Request;
import feign.http2client.Http2Client;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.sessionregistry.ClientSession;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** The examples of docs/java-http-client.md, word for word. */
final class Lending {
  private Lending() {}

  static String plain(ClientSession github, URI uri) throws IOException, InterruptedException {
    // plain
    HttpClient client = github.asHttpClient();
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return response.body();
  }

  static RestClient spring(ClientSession github) {
    // spring
    return RestClient.builder()
        .requestFactory(new JdkClientHttpRequestFactory(github.asHttpClient()))
        .build();
  }

  static Methanol methanol(ClientSession github) {
    // methanol
    return Methanol.newBuilder(github.asHttpClient()).build();
  }

  static <T> T feign(ClientSession github, Class<T> api, String url) {
    // feign
    Request.Options sameAsTheSession =
        new Request.Options(
            github.settings().timeout().connect(),
            Duration.ofSeconds(60),
            github.settings().redirects().allowDowngrade());
    return Feign.builder()
        .client(new Http2Client(github.asHttpClient()))
        .options(sameAsTheSession)
        .target(api, url);
  }

  static CompletableFuture<WebSocket> socket(ClientSession chat, URI uri) {
    // socket
    return chat.asHttpClient()
        .newWebSocketBuilder()
        .subprotocols("chat.v2")
        .buildAsync(uri, new WebSocket.Listener() {});
  }
}
