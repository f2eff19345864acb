package org.sessionregistry.restclients;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** A 404 as an exception of the application. */
public class UnknownUserMapper implements ResponseExceptionMapper<UnknownUserException> {
  @Override
  public boolean handles(int status, MultivaluedMap<String, Object> headers) {
    return status == 404;
  }

  @Override
  public UnknownUserException toThrowable(Response response) {
    return new UnknownUserException(response.readEntity(String.class));
  }
}
