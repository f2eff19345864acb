package org.sessionregistry.cdi.restclient;

import jakarta.annotation.Priority;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import org.apache.cxf.endpoint.ConduitSelector;
import org.apache.cxf.endpoint.PreexistingConduitSelector;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.Message;
import org.apache.cxf.phase.PhaseInterceptorChain;
import org.sessionregistry.ClientSession;

/**
 * CXF's way to a session: a filter that gives each exchange a conduit of the session, before CXF
 * looks for its own. Thread-safe.
 */
@Priority(Integer.MIN_VALUE)
final class CxfTransport implements ClientRequestFilter {
  private final ClientSession session;

  CxfTransport(ClientSession session) {
    this.session = session;
  }

  @Override
  public void filter(ClientRequestContext context) {
    Message message = PhaseInterceptorChain.getCurrentMessage();
    Exchange exchange = message.getExchange();
    CxfConduit conduit = new CxfConduit(session);
    exchange.put(
        ConduitSelector.class, new PreexistingConduitSelector(conduit, exchange.getEndpoint()));
    message.getInterceptorChain().add(conduit.abandoning());
  }
}
