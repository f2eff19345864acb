package org.sessionregistry.exchange;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.sessionregistry.Headers;

/** A nonce of a server and how it is answered (RFC 7616 section 3.4). Thread-safe. */
final class DigestChallenge {
  private static final String UNRESERVED = "!#$&+-.^_`|~";

  private final String realm;
  private final String nonce;
  private final String algorithmName;
  private final DigestAlgorithm algorithm;
  private final Optional<String> opaque;
  private final boolean qop;
  private final boolean userhash;
  private final boolean stale;
  private final AtomicInteger count = new AtomicInteger();

  private DigestChallenge(Challenge asked, DigestAlgorithm algorithm) {
    this.realm = asked.parameter("realm").orElse("");
    this.nonce = asked.parameter("nonce").orElse("");
    this.algorithmName = asked.parameter("algorithm").orElse("MD5");
    this.algorithm = algorithm;
    this.opaque = asked.parameter("opaque");
    this.qop = asked.parameter("qop").isPresent();
    this.userhash = asked.parameter("userhash").filter("true"::equalsIgnoreCase).isPresent();
    this.stale = asked.parameter("stale").filter("true"::equalsIgnoreCase).isPresent();
  }

  private DigestChallenge(DigestChallenge last, String nonce) {
    this.realm = last.realm;
    this.nonce = nonce;
    this.algorithmName = last.algorithmName;
    this.algorithm = last.algorithm;
    this.opaque = last.opaque;
    this.qop = last.qop;
    this.userhash = last.userhash;
    this.stale = false;
  }

  /** The strongest that can be answered, if there is one. */
  static Optional<DigestChallenge> strongest(Headers answer) {
    return Challenge.in(answer, "WWW-Authenticate").stream()
        .filter(challenge -> challenge.scheme().equals("digest"))
        .filter(challenge -> challenge.parameter("nonce").isPresent())
        .filter(challenge -> challenge.parameter("qop").map(DigestChallenge::hasAuth).orElse(true))
        .flatMap(
            challenge ->
                DigestAlgorithm.named(challenge.parameter("algorithm").orElse("MD5"))
                    .map(algorithm -> new DigestChallenge(challenge, algorithm))
                    .stream())
        .min(Comparator.comparing(challenge -> challenge.algorithm));
  }

  private static boolean hasAuth(String qop) {
    return Arrays.stream(qop.split(",")).map(String::strip).anyMatch("auth"::equalsIgnoreCase);
  }

  /** The same with the nonce that the server wants next (RFC 7616 section 3.5). */
  DigestChallenge next(String nextNonce) {
    return new DigestChallenge(this, nextNonce);
  }

  boolean isStale() {
    return stale;
  }

  String nonce() {
    return nonce;
  }

  /** The value of {@code Authorization}. */
  String answer(String user, String password, String method, String target, String cnonce) {
    boolean ofSession = DigestAlgorithm.ofSession(algorithmName);
    String secret = algorithm.hash(user + ":" + realm + ":" + password);
    if (ofSession) {
      secret = algorithm.hash(secret + ":" + nonce + ":" + cnonce);
    }
    String request = algorithm.hash(method + ":" + target);
    StringBuilder text = new StringBuilder("Digest ").append(user(user));
    text.append(", realm=").append(quoted(realm)).append(", uri=").append(quoted(target));
    text.append(", algorithm=").append(algorithmName).append(", nonce=").append(quoted(nonce));
    if (qop) {
      String nc = String.format(Locale.ROOT, "%08x", count.incrementAndGet());
      String proof = secret + ":" + nonce + ":" + nc + ":" + cnonce + ":auth:" + request;
      text.append(", nc=").append(nc).append(", cnonce=").append(quoted(cnonce));
      text.append(", qop=auth, response=").append(quoted(algorithm.hash(proof)));
    } else {
      text.append(", response=");
      text.append(quoted(algorithm.hash(secret + ":" + nonce + ":" + request)));
      if (ofSession) {
        text.append(", cnonce=").append(quoted(cnonce));
      }
    }
    opaque.ifPresent(value -> text.append(", opaque=").append(quoted(value)));
    return userhash ? text.append(", userhash=true").toString() : text.toString();
  }

  /** RFC 7616 sections 3.4 and 3.4.4. */
  private String user(String user) {
    if (userhash) {
      return "username=" + quoted(algorithm.hash(user + ":" + realm));
    }
    boolean plain = user.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
    return plain ? "username=" + quoted(user) : "username*=UTF-8''" + extended(user);
  }

  /** RFC 8187 section 3.2.1. */
  private static String extended(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean letter = b >= 0 && Character.isLetterOrDigit(b);
      if (letter || UNRESERVED.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
