package org.sessionregistry.exchange;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sessionregistry.FailedAttempt;
import org.sessionregistry.Headers;
import org.sessionregistry.Redirect;
import org.sessionregistry.Request;
import org.sessionregistry.SessionException;
import org.sessionregistry.connector.Route;
import org.sessionregistry.cookie.CookieJar;

/**
 * The way of one exchange through redirects, retries and challenges: what is sent now, what came of
 * it before, and whether an answer or a failure is the last one.
 *
 * <p>Its attempts, which come one after the other, move it on; everybody may look at it.
 */
final class Course {
  private final SessionContext context;
  private final Route home;
  private final CookieJar cookies;
  private volatile Outgoing outgoing;
  private volatile List<Redirect> redirects = List.of();
  private volatile List<FailedAttempt> failed = List.of();
  private Set<String> visited = Set.of();
  private int refusals;

  Course(SessionContext context, Request request, Target target) {
    this.context = context;
    this.home = target.route();
    this.cookies = request.cookieJar().orElse(context.cookies);
    this.outgoing = Outgoing.of(request, target);
  }

  /** What is sent now, and where. */
  Outgoing outgoing() {
    return outgoing;
  }

  /** The request's jar or else the session's. */
  CookieJar cookies() {
    return cookies;
  }

  /** The redirects so far. */
  List<Redirect> redirects() {
    return redirects;
  }

  /** The attempts that did not count. */
  List<FailedAttempt> failed() {
    return failed;
  }

  /** The session's credentials if they are for what is sent now. */
  @Nullable Credentials credentials() {
    return context.credentialsFor(outgoing);
  }

  // ---- what follows ---------------------------------------------------------------------------

  /**
   * What follows an answer; null when it is the one that the application gets.
   *
   * @param authorization what the session's credentials had said for it
   * @param left the time that is left for the exchange
   */
  @Nullable Sequel after(
      int status, Headers headers, @Nullable String authorization, Duration left) {
    Credentials ours = credentials(); // another origin has no say in them
    if (ours != null && status != 401) {
      ours.accepted(headers);
    }
    if (status < 300) {
      return null;
    }
    try {
      return afterUnusual(status, headers, authorization, left);
    } catch (RuntimeException | Error e) {
      return new Sequel.Broken(e); // the body would not say
    }
  }

  private @Nullable Sequel afterUnusual(
      int status, Headers headers, @Nullable String authorization, Duration left) {
    if (status == 401) {
      return canAuthenticate(headers, authorization) ? new Sequel.Authenticated() : null;
    }
    if (context.redirects.applies(status, headers)) {
      return new Sequel.Elsewhere(new Redirect(outgoing.target().uri(), status, headers));
    }
    if (context.retries.isPassing(status) && hasAttemptLeft()) {
      Duration wait = context.retries.backoff(failed.size(), headers);
      return again(new FailedAttempt(OptionalInt.of(status), Optional.empty(), wait), left);
    }
    return null;
  }

  /**
   * So often for each exchange, so that credentials that never suit do not go round in a circle.
   */
  private boolean canAuthenticate(Headers headers, @Nullable String authorization) {
    Credentials ours = credentials();
    if (ours == null || !outgoing.body().replayable()) {
      return false;
    }
    return refusals++ < ours.mostRefusals() && ours.refused(authorization, headers);
  }

  /** What follows a failure before there was an answer; null when it is the end. */
  @Nullable Sequel after(SessionException failure, Duration left) {
    try {
      if (context.retries.isPassing(failure.kind()) && hasAttemptLeft()) {
        Duration wait = context.retries.backoff(failed.size());
        return again(new FailedAttempt(OptionalInt.empty(), Optional.of(failure), wait), left);
      }
      return null;
    } catch (RuntimeException | Error e) {
      return new Sequel.Broken(e);
    }
  }

  private boolean hasAttemptLeft() {
    return context.isOpen() && context.retries.hasMore(failed.size()) && Retry.mayRepeat(outgoing);
  }

  /** Not if the time would be over before it is sent. */
  private @Nullable Sequel again(FailedAttempt attempt, Duration left) {
    boolean inTime = attempt.backoff().compareTo(left) < 0;
    return inTime && context.retries.take() ? new Sequel.Again(attempt) : null;
  }

  // ---- moving on ------------------------------------------------------------------------------

  /** Notes an attempt that did not count. */
  void note(FailedAttempt attempt) {
    List<FailedAttempt> all = new ArrayList<>(failed);
    all.add(attempt);
    failed = List.copyOf(all);
  }

  /** Notes a redirect, whether it can be followed or not. */
  void note(Redirect redirect) {
    List<Redirect> way = new ArrayList<>(redirects);
    way.add(redirect);
    redirects = List.copyOf(way);
  }

  /** Goes where a redirect leads, unless that is a circle. */
  boolean follow(Redirect redirect) throws RedirectPolicy.Refused {
    Outgoing next = context.redirects.follow(outgoing, redirect.status(), redirect.headers(), home);
    if (!isNew(next)) {
      return false;
    }
    outgoing = next;
    return true;
  }

  /** Sent again, the very same can only be answered in the same way; other cookies may help. */
  private boolean isNew(Outgoing next) {
    URI uri = next.target().uri();
    visited = new HashSet<>(visited);
    return visited.add(next.method() + ' ' + uri + ' ' + cookies.header(uri));
  }
}
