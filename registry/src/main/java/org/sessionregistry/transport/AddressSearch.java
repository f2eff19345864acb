package org.sessionregistry.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.connector.Dialer.DialFailure;
import org.sessionregistry.connector.Dialer.DialFailure.Kind;
import org.sessionregistry.connector.Route;
import org.sessionregistry.connector.Scheduler;
import org.sessionregistry.egress.EgressRules;

/**
 * Finds the addresses that a connection may be opened to: those of the host, or of the proxy on the
 * way there, but for those that the egress rules deny. The rule: what is judged here are the very
 * addresses that are connected to, so that a name cannot change in between. Behind a proxy it is
 * the proxy that resolves the host; then all addresses that the host has here must be allowed, and
 * a host that has none here is denied if rules are about addresses. Confined to the event loop.
 */
final class AddressSearch {
  /** Hears one of these, on the loop. */
  interface Listener {
    void found(List<InetAddress> addresses);

    void failed(DialFailure failure);
  }

  private final DialContext context;
  private final Way way;
  private final Executor loop;
  private final Listener listener;
  private Scheduler.Timer timer = () -> {};
  private boolean over;

  AddressSearch(DialContext context, Way way, Executor loop, Listener listener) {
    this.context = context;
    this.way = way;
    this.loop = loop;
    this.listener = listener;
  }

  void start() {
    Route route = way.route();
    Optional<String> refusal = context.egress().refusalOfHost(route.host(), route.port());
    if (refusal.isPresent()) {
      deny("'" + route.host() + "' must not be connected to: " + refusal.get());
      return;
    }
    CompletableFuture<List<InetAddress>> answer = context.names().resolve(way.host());
    boolean looksBehind =
        way.proxy().isPresent() && context.egress().needAddresses(route.host(), route.port());
    CompletableFuture<List<InetAddress>> behind =
        looksBehind ? context.names().resolve(route.host()) : null;
    Duration limit = context.timeout().dns();
    boolean done = answer.isDone() && (behind == null || behind.isDone());
    if (!done && !limit.isZero()) {
      timer = context.scheduler().schedule(limit.toNanos(), () -> loop.execute(this::tookTooLong));
    }
    answer.whenComplete((found, e) -> loop.execute(() -> resolved(found, e, behind)));
  }

  /** Nobody hears anything any more. */
  void stop() {
    over = true;
    timer.cancel();
  }

  private void tookTooLong() {
    fail(new DialFailure(Kind.DNS_TIMEOUT, "the name was not resolved", null));
  }

  private void resolved(
      @Nullable List<InetAddress> found,
      @Nullable Throwable failure,
      @Nullable CompletableFuture<List<InetAddress>> behind) {
    if (over) {
      return;
    }
    if (found == null || found.isEmpty()) {
      Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
      fail(
          new DialFailure(
              Kind.HOST_NOT_FOUND,
              cause instanceof UnknownHostException || cause == null
                  ? way.hostText() + " has no address"
                  : way.hostText() + " could not be resolved: " + cause,
              cause));
      return;
    }
    List<InetAddress> allowed = new ArrayList<>(found.size());
    String refusal = "";
    for (InetAddress address : found) {
      Optional<String> why = refusalOf(address);
      if (why.isEmpty()) {
        allowed.add(address);
      } else {
        refusal = address.getHostAddress() + ", an address of " + way.hostText() + ": " + why.get();
      }
    }
    if (allowed.isEmpty()) {
      deny("no connection may lead to " + refusal);
    } else if (behind == null) {
      succeed(allowed);
    } else {
      behind.whenComplete((hidden, e) -> loop.execute(() -> lookedBehind(allowed, hidden)));
    }
  }

  private Optional<String> refusalOf(InetAddress address) {
    EgressRules rules = context.egress();
    Route route = way.route();
    return way.proxy()
        .map(proxy -> rules.refusalOf(proxy, address))
        .orElseGet(() -> rules.refusalOf(route.host(), address, route.port()));
  }

  /** Nobody knows which of its addresses the proxy will choose, so all of them must be allowed. */
  private void lookedBehind(List<InetAddress> ofProxy, @Nullable List<InetAddress> hidden) {
    if (over) {
      return;
    }
    Route route = way.route();
    if (hidden == null || hidden.isEmpty()) {
      deny(
          "the egress rules have addresses, and '"
              + route.host()
              + "' behind the proxy has none here that could be compared with them");
      return;
    }
    for (InetAddress address : hidden) {
      Optional<String> why = context.egress().refusalOf(route.host(), address, route.port());
      if (why.isPresent()) {
        deny(
            "no connection may lead to "
                + address.getHostAddress()
                + ", an address of the host '"
                + route.host()
                + "' behind the proxy: "
                + why.get());
        return;
      }
    }
    succeed(ofProxy);
  }

  private void succeed(List<InetAddress> addresses) {
    if (!over) {
      stop();
      listener.found(addresses);
    }
  }

  private void deny(String message) {
    fail(new DialFailure(Kind.EGRESS_DENIED, message, null));
  }

  private void fail(DialFailure failure) {
    if (!over) {
      stop();
      listener.failed(failure);
    }
  }
}
