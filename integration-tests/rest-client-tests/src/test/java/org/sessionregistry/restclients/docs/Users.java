package org.sessionregistry.restclients.docs;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.sessionregistry.restclients.User;

// interface
@RegisterRestClient(configKey = "github")
@Path("/users")
public interface Users {
  @GET
  @Path("/{login}")
  User user(@PathParam("login") String login);

  @GET
  @Path("/{login}")
  CompletionStage<User> userLater(@PathParam("login") String login);
}
