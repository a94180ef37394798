package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.api.Journal;
import dev.banyan.api.Phase;
import dev.banyan.gateway.PathSteps.Began;
import dev.banyan.gateway.PathSteps.Handled;
import dev.banyan.gateway.PathSteps.Noted;
import dev.banyan.gateway.PathSteps.Step;
import dev.banyan.gateway.path.Pipelines;
import dev.banyan.lua.ngx.CallNotes;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.Taps;
import dev.banyan.lua.seam.ModuleCall;
import dev.banyan.nginx.ContentHandler;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: notes what the old path does with a sampled request, so that the new
 * one can be run on the same afterwards. Once something can't be noted it notes no more, and knows
 * why. Whatever fails in noting stays here: the request is not touched.
 */
final class PathRecorder implements CallNotes {
  /** The most pieces of a response's body that are kept, beside its most octets. */
  static final int MAX_PIECES = 32;

  /** The most steps of a request, and the most calls of a handler. */
  static final int MAX_STEPS = 100;

  private final Request r;
  private final long begun = System.nanoTime();
  private final List<Step> steps = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>(2);
  private @Nullable String reason;
  private @Nullable String unfollowed;
  private int octets;
  private int pieces;
  private boolean inLua;
  private byte @Nullable [] received;
  private boolean replaced;

  PathRecorder(Request request) {
    this.r = request;
  }

  /** A handler that runs. */
  static final class Open {
    private final Began began;
    private final int position;
    private final List<Noted> calls = new ArrayList<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Consumer<byte[]> tap;
    private @Nullable RequestMoment atPrint;
    private boolean tooLong;
    private @Nullable ModuleCall inside;

    Open(Began began, int position, PathRecorder recorder) {
      this.began = began;
      this.position = position;
      this.tap = piece -> recorder.printing(this, piece);
    }
  }

  /** A handler is about to send a piece of a body, and the head before the first. */
  private void printing(Open handler, byte[] piece) {
    try {
      if (handler.atPrint == null) {
        handler.atPrint = RequestMoment.of(r);
      }
    } catch (RuntimeException | StackOverflowError e) {
      unnoted(e);
    }
    handler.tooLong |= handler.printed.size() + piece.length > RequestMoment.MAX_BODY;
    if (!handler.tooLong) {
      handler.printed.writeBytes(piece);
    }
  }

  /** Why the request can't be measured; null while it can. */
  @Nullable String reason() {
    return reason;
  }

  /** Why the response was not followed to its end; null when it was. */
  @Nullable String unfollowed() {
    return unfollowed;
  }

  /** Whether any of it was Lua's. */
  boolean inLua() {
    return inLua;
  }

  /** Whether Lua has put another body into the place of the client's. */
  boolean bodyReplaced() {
    return replaced;
  }

  /** How long the request has taken so far. */
  long nanos() {
    return System.nanoTime() - begun;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  /** The client's own body; null when it isn't in memory. */
  byte @Nullable [] body() {
    return replaced ? received : r.body().isRead() ? r.body().memory() : null;
  }

  /** Gives up. */
  void reject(String why) {
    if (reason == null) {
      reason = why;
      steps.clear();
    }
  }

  /** Gives up; in the response's phases what was noted before still counts. */
  private void fail(Phase phase, String why) {
    if (!responding(phase)) {
      reject(why);
    } else if (unfollowed == null) {
      unfollowed = why;
    }
  }

  private static boolean responding(Phase phase) {
    return phase == Phase.HEADER_FILTER || phase == Phase.BODY_FILTER;
  }

  private boolean follows(Request of) {
    if (reason == null && of != r) {
      reject("a subrequest runs handlers");
    }
    return reason == null && unfollowed == null;
  }

  /** Whether one more handler can be noted. */
  private boolean roomFor(Phase phase) {
    if (phase == Phase.BODY_FILTER) {
      octets += r.filterPiece().bytes().length;
      if (octets > RequestMoment.MAX_BODY || ++pieces > MAX_PIECES) {
        fail(phase, "the response's body is long: its rest is not compared");
        return false;
      }
    } else if (steps.size() + open.size() >= MAX_STEPS) {
      fail(phase, "more than " + MAX_STEPS + " steps");
      return false;
    }
    return true;
  }

  /**
   * A handler is about to run.
   *
   * @param entry what is known of it; null for one that no configuration places
   * @return null when it isn't noted
   */
  @Nullable Open begins(Request of, Pipelines.@Nullable Entry entry, Phase phase) {
    try {
      return follows(of) ? opened(entry, phase) : null;
    } catch (RuntimeException | StackOverflowError e) {
      unnoted(e);
      return null;
    }
  }

  private void unnoted(Throwable e) {
    reject("it can't be noted: " + e.getClass().getSimpleName());
  }

  private @Nullable Open opened(Pipelines.@Nullable Entry entry, Phase phase) {
    if (entry == null || entry.calls() == null) {
      fail(phase, entry == null ? "no pipeline for a handler" : entry.reason());
      return null;
    }
    if (!roomFor(phase)) {
      return null;
    }
    RequestMoment before = RequestMoment.of(r);
    Began began =
        new Began(
            phase,
            entry.place(),
            entry.calls().calls(),
            entry.variable(),
            before,
            phase == Phase.BALANCER ? failure() : null,
            phase == Phase.BODY_FILTER ? piece() : null);
    Open handler = new Open(began, steps.size(), this);
    open.push(handler);
    taps().add(handler.tap);
    return handler;
  }

  private Taps taps() {
    return Objects.requireNonNull(r.luaHost().taps());
  }

  private PathSteps.Piece piece() {
    return new PathSteps.Piece(text(r.filterPiece().bytes()), r.filterPiece().last());
  }

  private PathSteps.@Nullable Failure failure() {
    RequestHost.BalancerHost balancer = r.luaHost().balancer();
    String state = balancer.lastFailure();
    return state == null ? null : new PathSteps.Failure(state, balancer.lastFailureStatus());
  }

  /**
   * The handler has ended.
   *
   * @param handler as {@link #begins} answered
   * @param outcome null when it was cut off
   * @param without whether ports alone answered it
   */
  void ended(@Nullable Open handler, @Nullable Outcome outcome, boolean without) {
    inLua |= !without;
    if (handler == null) {
      return;
    }
    open.remove(handler);
    taps().remove(handler.tap);
    if (reason != null) {
      return;
    }
    try {
      String why = why(handler, outcome, without);
      if (why == null && outcome != null) {
        steps.add(Math.min(handler.position, steps.size()), handled(handler, outcome));
      } else {
        fail(handler.began.phase(), String.valueOf(why));
      }
    } catch (RuntimeException | StackOverflowError e) {
      unnoted(e);
    }
  }

  /** Why a handler that has ended can't be measured; null when it can. */
  private static @Nullable String why(Open handler, @Nullable Outcome outcome, boolean without) {
    String place = handler.began.place();
    if (outcome == null) {
      return "a handler was cut off";
    }
    if (outcome instanceof Outcome.Failed) {
      return place + " ends in an error of Lua";
    }
    if (without && !handler.began.declared().isEmpty()) {
      return "ports answered " + place + " already";
    }
    return handler.tooLong
        ? "a handler sends a body of more than " + RequestMoment.MAX_BODY + " octets"
        : null;
  }

  private Handled handled(Open handler, Outcome outcome) {
    RequestMoment atPrint = handler.atPrint;
    String printed = atPrint == null ? null : handler.printed.toString(StandardCharsets.ISO_8859_1);
    return new Handled(
        handler.began,
        List.copyOf(handler.calls),
        outcome,
        handler.began.piece() == null ? printed : text(r.filterPiece().bytes()),
        atPrint == null ? RequestMoment.of(r) : atPrint);
  }

  @Override
  public boolean begins(String module, String function, boolean entry) {
    Open handler = open.peek();
    if (handler == null || reason != null || handler.inside != null) {
      return false;
    }
    if (!entry) {
      reject("light threads call modules");
      return false;
    }
    if (handler.calls.size() >= MAX_STEPS) {
      reject("a handler makes more than " + MAX_STEPS + " calls");
      return false;
    }
    handler.inside = new ModuleCall(module, function);
    return true;
  }

  @Override
  public void ended(Journal journal) {
    Open handler = open.peek();
    if (handler != null && handler.inside != null) {
      handler.calls.add(new Noted(handler.inside, journal));
      handler.inside = null;
    }
  }

  /** {@code ngx.ctx} is forgotten. */
  void cleared() {
    if (reason == null && unfollowed == null) {
      steps.add(new PathSteps.Cleared());
    }
  }

  /** Another body takes the place of this one. */
  void replaced(RequestBody body) {
    if (!body.isRead() || body.file() != null) {
      reject("Lua replaces a body that is not in memory");
    } else if (!replaced) {
      replaced = true;
      received = body.memory();
    }
  }

  /** A request is about to go to an origin. */
  void sending(
      ContentHandler.Proxy handler,
      PathSteps.Framing framing,
      String method,
      String uri,
      Headers head,
      String address) {
    if (reason != null || unfollowed != null) {
      return;
    }
    try {
      PathSteps.Bodies bodies =
          replaced ? new PathSteps.Bodies(text(r.body().memory()), text(received)) : null;
      steps.add(
          new PathSteps.Sent(
              handler, framing, method, uri, head.copy(), address, bodies, RequestMoment.of(r)));
    } catch (RuntimeException | StackOverflowError e) {
      unnoted(e);
    }
  }

  /** An answer is looked for in a cache. */
  void looking(ContentHandler.Proxy handler, String key) {
    if (reason != null || unfollowed != null) {
      return;
    }
    try {
      steps.add(new PathSteps.Looked(handler, key, RequestMoment.of(r)));
    } catch (RuntimeException | StackOverflowError e) {
      unnoted(e);
    }
  }

  /** The response's head is about to be sent. */
  void heading(Response response) {
    if (reason == null && unfollowed == null) {
      steps.add(new PathSteps.Headed(response.status(), response.headers().copy()));
    }
  }

  private static String text(byte @Nullable [] octets) {
    return octets == null ? "" : new String(octets, StandardCharsets.ISO_8859_1);
  }
}
