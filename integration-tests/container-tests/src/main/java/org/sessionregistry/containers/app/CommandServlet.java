package org.sessionregistry.containers.app;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Does what the path says and answers what came of it. Every copy of the application has one copy
 * of this class, which is what the tests of redeployment count.
 */
@WebServlet(urlPatterns = "/*")
public class CommandServlet extends HttpServlet {
  @Inject private Commands commands;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=UTF-8");
    try {
      response.getWriter().print(commands.run(request.getPathInfo().substring(1)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    } catch (Exception e) {
      response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
      response.getWriter().print(e);
    }
  }
}
