package org.sessionregistry.containers.typed;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.sessionregistry.ClientSession;
import org.sessionregistry.cdi.SessionName;

/** Does what the path says. Every copy of the application has one copy of this class. */
@WebServlet(urlPatterns = "/*")
public class TypedServlet extends HttpServlet {
  @Inject @RestClient private Items items;

  @Inject
  @SessionName("shop")
  private ClientSession shop;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    try {
      response.getWriter().print(run(request.getPathInfo().substring(1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } catch (Exception e) {
      response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      e.printStackTrace(new PrintWriter(response.getWriter()));
    }
  }

  private String run(String command) throws Exception {
    return switch (command) {
      case "waiting" -> items.item("1");
      case "later" -> items.itemLater("2").toCompletableFuture().get(20, TimeUnit.SECONDS);
      case "changed" -> items.change("3", "text");
      case "connections" -> String.valueOf(shop.statistics().pool().opened());
      default -> throw new IllegalArgumentException("unknown command " + command);
    };
  }
}
