package dev.banyan.api;

import java.time.Duration;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what a port's handler wants, and the effects that go with it.
 *
 * <p>Nothing has happened when a decision is made; the host applies it whole afterwards.
 */
public abstract sealed class Decision
    permits Shapes.None, Shapes.One, Shapes.Few, Shapes.More, Shapes.Several, Shapes.Ended {
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

  Decision() {}

  /** How the request goes on. */
  public Verdict verdict() {
    return Shapes.verdict(this);
  }

  /** What to change first, in order. */
  public List<Effect> effects() {
    return new Effects(this);
  }

  /** How many effects there are. */
  public int effectCount() {
    return Shapes.count(this);
  }

  /**
   * One effect, without a list of them.
   *
   * @param position from 0
   * @throws IndexOutOfBoundsException when there is none
   */
  public Effect effect(int position) {
    return Shapes.effect(this, position);
  }

  /** What the Lua caller gets back. */
  public List<@Nullable Object> results() {
    return Shapes.results(this);
  }

  /** Immutable: a decision's effects as a list. */
  private static final class Effects extends AbstractList<Effect> {
    private final Decision decision;

    Effects(Decision decision) {
      this.decision = decision;
    }

    @Override
    public Effect get(int index) {
      return decision.effect(index);
    }

    @Override
    public int size() {
      return decision.effectCount();
    }
  }

  /** The pipeline goes on. */
  public static Decision next() {
    return Shapes.NONE;
  }

  /** Answers with nginx's own page for {@code status}, as {@code ngx.exit(status)} does. */
  public static Decision respond(int status) {
    return of(new Verdict.Respond(status, null));
  }

  /** Answers with {@code status} and this body (octets). */
  public static Decision respond(int status, String body) {
    return of(new Verdict.Respond(status, body));
  }

  /**
   * Redirects the client.
   *
   * @throws IllegalArgumentException for another status, or a location that no field may hold
   */
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
    return append(file, Line.of(text));
  }

  /** As {@link #append(String, String)}, of a line that is put down only where it is written. */
  public Decision append(String file, Line line) {
    return with(new Effect.Append(file, line));
  }

  /**
   * This decision with a method of the port run later, outside of the request; arguments are
   * strings, doubles, booleans and null.
   *
   * @param delay at least zero, of which whole milliseconds count
   * @throws IllegalArgumentException for a delay below zero or other arguments
   */
  public Decision later(Duration delay, String timer, @Nullable Object... arguments) {
    return with(new Effect.Later(timer, delay, Arrays.asList(arguments)));
  }

  /** This decision's effects, and the request goes on at another location. */
  public Decision redirectingInternally(String uri, @Nullable String args) {
    return with(new Verdict.InternalRedirect(uri, args));
  }

  /** This decision's effects, and the client is redirected. */
  public Decision redirecting(String location, int status) {
    return with(new Verdict.Redirect(location, status));
  }

  /** This decision's effects, and nginx's own page for {@code status} is answered. */
  public Decision responding(int status) {
    return with(new Verdict.Respond(status, null));
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

  /** This decision with a line for the error log, at a level of nginx (4 is error, 5 warn). */
  public Decision log(int level, String message) {
    return with(new Effect.Log(level, message));
  }

  /** This decision's effects, and the request is answered with this status and body. */
  public Decision responding(int status, String body) {
    return with(new Verdict.Respond(status, body));
  }

  /** This decision with what the Lua caller gets back. */
  public Decision returning(@Nullable Object... values) {
    return new Shapes.Ended(this, verdict(), Results.of(values).values());
  }

  /** This decision with more effects behind its own: cheaper than one after the other. */
  public Decision and(Effect... more) {
    Decision all = this;
    for (int i = 0; i < more.length; i += Shapes.Several.MOST) {
      int behind = all.effectCount() + Math.min(Shapes.Several.MOST, more.length - i);
      all =
          new Shapes.Several(
              all,
              more[i],
              at(more, i + 1),
              at(more, i + 2),
              at(more, i + 3),
              at(more, i + 4),
              behind);
    }
    return all;
  }

  private static @Nullable Effect at(Effect[] effects, int position) {
    return position < effects.length ? effects[position] : null;
  }

  /** As {@link #and(Effect...)}, of five without an array. */
  public Decision and(Effect first, Effect second, Effect third, Effect fourth, Effect fifth) {
    return new Shapes.Several(this, first, second, third, fourth, fifth, effectCount() + 5);
  }

  private static Decision of(Verdict verdict) {
    return new Shapes.Ended(Shapes.NONE, verdict, List.of());
  }

  private Decision with(Verdict other) {
    return new Shapes.Ended(this, other, results());
  }

  Decision with(Effect next) {
    return new Shapes.More(this, next, effectCount() + 1);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Decision that
        && verdict().equals(that.verdict())
        && effects().equals(that.effects())
        && results().equals(that.results());
  }

  @Override
  public int hashCode() {
    return Objects.hash(verdict(), effects(), results());
  }

  @Override
  public String toString() {
    return "Decision[verdict="
        + verdict()
        + ", effects="
        + effects()
        + ", results="
        + results()
        + "]";
  }
}
