package org.sessionregistry.containers.typed;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** A typed client. It has no address: only the session knows where to go. */
@RegisterRestClient(configKey = "items")
@Path("/items")
@Produces(MediaType.TEXT_PLAIN)
@Consumes(MediaType.TEXT_PLAIN)
public interface Items {
  @GET
  @Path("/{id}")
  String item(@PathParam("id") String id);

  @POST
  @Path("/{id}")
  String change(@PathParam("id") String id, String text);

  @GET
  @Path("/{id}")
  CompletionStage<String> itemLater(@PathParam("id") String id);
}
