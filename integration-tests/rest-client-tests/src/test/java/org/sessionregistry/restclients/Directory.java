package org.sessionregistry.restclients;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.InboundSseEvent;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.reactivestreams.Publisher;

/** A typed client. */
@RegisterRestClient(configKey = "directory")
@RegisterProvider(UnknownUserMapper.class)
@Path("/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public interface Directory {
  @GET
  @Path("/{id}")
  User user(@PathParam("id") String id);

  @GET
  @Path("/{id}")
  @ClientHeaderParam(name = "X-Client", value = "directory")
  String search(
      @PathParam("id") String id,
      @QueryParam("field") List<String> fields,
      @HeaderParam("X-Trace") String trace);

  @GET
  @Path("/{id}")
  CompletionStage<User> userLater(@PathParam("id") String id);

  @GET
  @Path("/{id}")
  Response response(@PathParam("id") String id);

  @HEAD
  @Path("/{id}")
  Response head(@PathParam("id") String id);

  @POST
  User add(User user);

  @POST
  CompletionStage<User> addLater(User user);

  @PUT
  @Path("/{id}")
  void change(@PathParam("id") String id, User user);

  @GET
  @Path("/{id}/photo")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  InputStream photo(@PathParam("id") String id);

  @PUT
  @Path("/{id}/photo")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  String upload(@PathParam("id") String id, InputStream photo);

  @PUT
  @Path("/{id}/photo")
  @Consumes(MediaType.APPLICATION_OCTET_STREAM)
  CompletionStage<String> uploadLater(@PathParam("id") String id, InputStream photo);

  @GET
  @Path("/{id}/changes")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  Publisher<InboundSseEvent> changes(@PathParam("id") String id);
}
