package dev.banyan.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what a port's handler wants, and the effects that go with it.
 *
 * <p>Nothing has happened when a decision is made; the host applies it whole afterwards.
 *
 * @param verdict how the request goes on
 * @param effects what to change first, in order
 * @param results what the Lua caller gets back
 */
public record Decision(Verdict verdict, List<Effect> effects, List<@Nullable Object> results) {
  /** How the request goes on. */
  public sealed interface Verdict {
    /** The function returns and the pipeline goes on. */
    record Next() implements Verdict {}

    /** The request is answered now: {@code ngx.status}, the body, {@code ngx.exit}. */
    record Respond(int status, @Nullable String body) implements Verdict {
      /** Checks the status. */
      public Respond {
        if (status < 100 || status > 999) {
          throw new IllegalArgumentException("status " + status + " is not in 100..999");
        }
      }
    }

    /** {@code ngx.redirect}. */
    record Redirect(String location, int status) implements Verdict {
      /** Checks the location and the status. */
      public Redirect {
        Octets.requireTarget(location);
        if (status != 301 && status != 302 && status != 303 && status != 307 && status != 308) {
          throw new IllegalArgumentException("status " + status + " is no redirect");
        }
      }
    }

    /** {@code ngx.exec}. */
    record InternalRedirect(String uri, @Nullable String args) implements Verdict {
      /** Checks the URI. */
      public InternalRedirect {
        Octets.requireTarget(uri);
      }
    }

    /** Java doesn't answer this call: Lua does, on untouched state. */
    record Decline(String reason) implements Verdict {}
  }

  private static final Decision NEXT = new Decision(new Verdict.Next(), List.of(), List.of());

  /** Copies the lists. */
  public Decision {
    effects = Chain.of(effects);
    results = Results.lasting(results);
  }

  /** The pipeline goes on. */
  public static Decision next() {
    return NEXT;
  }

  /** Answers with nginx's own page for {@code status}, as {@code ngx.exit(status)} does. */
  public static Decision respond(int status) {
    return of(new Verdict.Respond(status, null));
  }

  /** Answers with {@code status} and this body (octets). */
  public static Decision respond(int status, String body) {
    return of(new Verdict.Respond(status, body));
  }

  /** Redirects the client. */
  public static Decision redirect(String location, int status) {
    return of(new Verdict.Redirect(location, status));
  }

  /** Goes on at another location. */
  public static Decision internalRedirect(String uri, @Nullable String args) {
    return of(new Verdict.InternalRedirect(uri, args));
  }

  /** Leaves this call to Lua; the reason is counted and shown. */
  public static Decision decline(String reason) {
    return of(new Verdict.Decline(reason));
  }

  /** This decision with a request header replaced (null removes it). */
  public Decision setRequestHeader(String name, @Nullable String value) {
    return with(new Effect.RequestHeader(name, value));
  }

  /** This decision with a response header replaced (null removes it). */
  public Decision setResponseHeader(String name, @Nullable String value) {
    return with(new Effect.ResponseHeader(name, value));
  }

  /** This decision with a response header replaced by fields of these values; none removes it. */
  public Decision setResponseHeader(String name, List<String> values) {
    return with(new Effect.ResponseHeaders(name, values));
  }

  /** This decision with the status of the response set, without answering. */
  public Decision setStatus(int status) {
    return with(new Effect.Status(status));
  }

  /** This decision with the piece that passes the body filter replaced. */
  public Decision setChunk(byte[] bytes) {
    return with(new Effect.Piece(bytes));
  }

  /** This decision with the peer of the upstream chosen. */
  public Decision setPeer(String host, int port) {
    return with(new Effect.Peer(host, port));
  }

  /** This decision with more tries of the upstream allowed. */
  public Decision allowMoreTries(int count) {
    return with(new Effect.MoreTries(count));
  }

  /** This decision with a line appended to a file beneath the prefix folder. */
  public Decision append(String file, String text) {
    return with(new Effect.Append(file, text));
  }

  /**
   * This decision with a method of the port run later, outside of the request; arguments are
   * strings, doubles, booleans and null.
   */
  public Decision later(Duration delay, String timer, @Nullable Object... arguments) {
    return with(new Effect.Later(timer, delay, Arrays.asList(arguments)));
  }

  /** This decision's effects, and the request goes on at another location. */
  public Decision redirectingInternally(String uri, @Nullable String args) {
    return new Decision(new Verdict.InternalRedirect(uri, args), effects, results);
  }

  /** This decision's effects, and the client is redirected. */
  public Decision redirecting(String location, int status) {
    return new Decision(new Verdict.Redirect(location, status), effects, results);
  }

  /** This decision's effects, and nginx's own page for {@code status} is answered. */
  public Decision responding(int status) {
    return new Decision(new Verdict.Respond(status, null), effects, results);
  }

  /** This decision with a variable set. */
  public Decision setVar(String name, @Nullable String value) {
    return with(new Effect.Variable(name, value));
  }

  /** This decision with a key of {@code ngx.ctx} set. */
  public Decision setCtx(String key, @Nullable Object value) {
    return with(new Effect.Context(key, value));
  }

  /** This decision with the URI rewritten. */
  public Decision setUri(String uri) {
    return with(new Effect.Uri(uri));
  }

  /** This decision with the raw arguments rewritten. */
  public Decision setArgs(String raw) {
    return with(new Effect.Arguments(raw));
  }

  /** This decision with a line for the error log. */
  public Decision log(int level, String message) {
    return with(new Effect.Log(level, message));
  }

  /** This decision's effects, and the request is answered with this status and body. */
  public Decision responding(int status, String body) {
    return new Decision(new Verdict.Respond(status, body), effects, results);
  }

  /** This decision with what the Lua caller gets back. */
  public Decision returning(@Nullable Object... values) {
    return new Decision(verdict, effects, Results.of(values).values());
  }

  private static Decision of(Verdict verdict) {
    return new Decision(verdict, List.of(), List.of());
  }

  private Decision with(Effect effect) {
    return new Decision(verdict, Chain.of(effects).with(effect), results);
  }
}
