package dev.banyan.gateway;

import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.nginx.script.LuaHandler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the Lua of a phase for a request and says what its outcome means there. */
final class LuaPhases {
  private LuaPhases() {}

  private static Outcome run(Request r, LuaHandler handler, Phase phase, List<String> arguments) {
    Phase outer = r.phase();
    r.phase(phase);
    try {
      return r.worker().paths().run(r, handler, phase, arguments);
    } finally {
      r.phase(outer);
    }
  }

  /** {@code set_by_lua}: the first value, null for nil. */
  static @Nullable String set(Request r, LuaHandler handler, List<String> arguments) {
    return switch (run(r, handler, Phase.SET, arguments)) {
      case Outcome.Done done -> {
        String value = done.values().isEmpty() ? "" : done.values().getFirst();
        yield value == null ? "" : value;
      }
      case Outcome.Exit _, Outcome.Exec _, Outcome.Redirect _, Outcome.Jump _, Outcome.Failed _ ->
          throw new ResponseAborted(HttpStatus.INTERNAL_ERROR);
    };
  }

  /** {@code server_rewrite_by_lua} and {@code rewrite_by_lua}. */
  static Verdict rewrite(Request r, LuaHandler handler, Phase phase) {
    needBody(r);
    Outcome outcome = run(r, handler, phase, List.of());
    if (declinesTooLate(r, outcome)) {
      return answered(r);
    }
    Verdict verdict = answering(r, outcome, Signal.NEXT);
    return verdict.equals(Signal.OK) ? Signal.NEXT : verdict;
  }

  /** {@code access_by_lua}: an end without a verdict allows. */
  static Verdict access(Request r, LuaHandler handler) {
    needBody(r);
    Outcome outcome = run(r, handler, Phase.ACCESS, List.of());
    return declinesTooLate(r, outcome) ? Signal.NEXT : answering(r, outcome, Signal.OK);
  }

  /** Whether it leaves to others an answer that it has begun. */
  private static boolean declinesTooLate(Request r, Outcome outcome) {
    return outcome instanceof Outcome.Exit(int status)
        && status == DECLINED
        && r.response().headSent();
  }

  /** {@code content_by_lua}. */
  static Verdict content(Request r, LuaHandler handler) {
    needBody(r);
    Outcome outcome = run(r, handler, Phase.CONTENT, List.of());
    return switch (outcome) {
      case Outcome.Done _ -> endContent(r);
      case Outcome.Exit exit -> exit(r, exit.status(), true);
      case Outcome.Redirect redirect -> exit(r, redirect.status(), true);
      case Outcome.Exec exec -> exec(r, exec);
      case Outcome.Jump _ -> Signal.OK;
      case Outcome.Failed _ -> failed(r);
    };
  }

  private static Verdict endContent(Request r) {
    LuaOutput.end(r);
    return Signal.OK;
  }

  private static Verdict answering(Request r, Outcome outcome, Verdict done) {
    return switch (outcome) {
      case Outcome.Done _ -> r.response().headSent() ? answered(r) : done;
      case Outcome.Exit exit -> exit(r, exit.status(), false);
      case Outcome.Redirect redirect -> exit(r, redirect.status(), false);
      case Outcome.Exec exec -> exec(r, exec);
      case Outcome.Jump jump -> {
        r.uri(jump.uri());
        r.clearContexts(); // ngx.ctx ends with the handlers that the request leaves
        yield Signal.RELOCATE;
      }
      case Outcome.Failed _ -> failed(r);
    };
  }

  private static Verdict answered(Request r) {
    LuaOutput.end(r);
    return Verdict.answered();
  }

  private static Verdict exec(Request r, Outcome.Exec exec) {
    r.luaBuffer(null); // what was held back goes with the handler
    return exec.named()
        ? new Verdict.Named(exec.uri())
        : Verdict.Redirect.of(exec.uri(), exec.args());
  }

  private static Verdict failed(Request r) {
    return r.response().headSent() ? Verdict.failed() : Verdict.status(HttpStatus.INTERNAL_ERROR);
  }

  /** {@code ngx.exit} in a phase that may answer. */
  private static Verdict exit(Request r, int status, boolean content) {
    Response response = r.response();
    if (!response.headSent() && response.status() == 0 && status >= HttpStatus.OK) {
      response.status(status);
    }
    boolean breaks =
        status == -1
            || status == HttpStatus.REQUEST_TIMEOUT
            || status == HttpStatus.CLIENT_CLOSED
            || status == HttpStatus.CLOSE;
    if (!breaks && LuaOutput.buffers(r)) {
      return answered(r);
    }
    if (response.headSent() && status >= HttpStatus.SPECIAL_RESPONSE && !breaks) {
      return answered(r);
    }
    boolean plain =
        status >= HttpStatus.OK
            && status < HttpStatus.SPECIAL_RESPONSE
            && status != HttpStatus.NO_CONTENT;
    if (plain || (status == 0 && content)) {
      return answered(r);
    }
    if (status == 0) {
      return response.headSent() ? answered(r) : Signal.OK;
    }
    if (status == DECLINED) {
      return response.headSent() ? Verdict.failed() : Signal.NEXT;
    }
    return new Verdict.Finish(status < -1 ? HttpStatus.INTERNAL_ERROR : status);
  }

  private static final int DECLINED = -5;

  /** {@code header_filter_by_lua}: what it exits with replaces the answer. */
  static void headerFilter(Request r, LuaHandler handler) {
    switch (run(r, handler, Phase.HEADER_FILTER, List.of())) {
      case Outcome.Done _, Outcome.Exec _, Outcome.Redirect _, Outcome.Jump _ -> {
        // the head goes on
      }
      case Outcome.Exit exit -> {
        if (exit.status() != 0 && exit.status() != DECLINED && !r.answerReplaced()) {
          throw exit.status() > 0
              ? ResponseAborted.replacing(exit.status())
              : new ResponseAborted(exit.status());
        }
      }
      case Outcome.Failed _ -> throw new ResponseAborted(-1);
    }
  }

  /** {@code body_filter_by_lua} for one piece. */
  static void bodyFilter(Request r, LuaHandler handler) {
    switch (run(r, handler, Phase.BODY_FILTER, List.of())) {
      case Outcome.Done _, Outcome.Exec _, Outcome.Redirect _, Outcome.Jump _ -> {
        // the piece goes on
      }
      case Outcome.Exit exit -> {
        if (exit.status() < 0) {
          throw new ResponseAborted(-1);
        }
      }
      case Outcome.Failed _ -> throw new ResponseAborted(-1);
    }
  }

  /** {@code log_by_lua}. */
  static void log(Request r, LuaHandler handler) {
    run(r, handler, Phase.LOG, List.of());
  }

  /** {@code balancer_by_lua}: 0 when a peer may be tried, else the status to answer with. */
  static int balancer(Request r, LuaHandler handler) {
    return switch (run(r, handler, Phase.BALANCER, List.of())) {
      case Outcome.Done _ -> 0;
      case Outcome.Exit exit -> balancerStatus(exit.status());
      case Outcome.Exec _, Outcome.Redirect _, Outcome.Jump _ -> 0;
      case Outcome.Failed _ -> HttpStatus.INTERNAL_ERROR;
    };
  }

  /** What a balancer's exit answers: nginx takes any status there for a failure of its own. */
  private static int balancerStatus(int exit) {
    return exit == 0 || exit == DECLINED ? 0 : HttpStatus.INTERNAL_ERROR;
  }

  private static void needBody(Request r) {
    if (r.location().lua().needRequestBody()) {
      r.body().read();
    }
  }
}
