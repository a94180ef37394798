package dev.banyan.gateway;

import dev.banyan.api.Phase;
import dev.banyan.nginx.LocationConf;
import dev.banyan.nginx.LocationMatch;
import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.RewriteOutcome;
import dev.banyan.nginx.script.RewriteProgram;

/**
 * Runs a request through nginx's phases, in a fiber of its worker. {@link #run} is the whole way,
 * top to bottom; whatever waits in it parks the fiber.
 */
final class PhaseEngine {
  private PhaseEngine() {}

  /** Where a run begins. */
  enum Entry {
    /** A client's request. */
    START,
    /** An internal redirect or a subrequest. */
    SERVER_REWRITE,
    /** A named location. */
    REWRITE,
    /** The request has its location already, and nothing but its answer is wanted. */
    CONTENT
  }

  /** Serves a request to its end, internal redirects and error pages included. */
  static void serve(Request r, Entry entry) {
    finish(r, guarded(r, () -> run(r, entry)));
  }

  private static void finish(Request r, Verdict first) {
    settle(r, first);
    Finalizer.complete(r);
  }

  /**
   * Runs {@code post_action} when the answer has been sent: the same request goes on, and nothing
   * that it answers is sent. Where a location inherits the directive, it has the next one run.
   */
  static void afterAnswer(Request r) {
    String target = r.location().core().postAction();
    PathRecorder recorder = r.recorder();
    if (recorder != null && !target.isEmpty()) {
      recorder.reject("post_action goes on with it");
    }
    while (!target.isEmpty() && r.changesLeft()) {
      r.response().mute();
      if (!r.body().isRead()) {
        r.discardBody();
      }
      settle(
          r, target.startsWith("/") ? Verdict.Redirect.of(target, "") : new Verdict.Named(target));
      target = r.location().core().postAction();
    }
  }

  /** Follows redirects and error pages until an answer is there. */
  private static void settle(Request r, Verdict first) {
    Verdict verdict = first;
    while (verdict.ends()) {
      Verdict last = verdict;
      verdict =
          guarded(
              r,
              () ->
                  switch (last) {
                    case Verdict.Redirect redirect -> redirect(r, redirect);
                    case Verdict.Named named -> named(r, named.name());
                    case Verdict.Finish finish -> Finalizer.finish(r, finish.status());
                    case Verdict.Replace replace -> Finalizer.replace(r, replace.status());
                    case Signal signal -> signal;
                  });
    }
  }

  /** Answers a request whose head can't be served with a status. */
  static void refuse(Request r, int status) {
    finish(r, Verdict.status(status));
  }

  /** The way of a request through the phases. */
  static Verdict run(Request r, Entry entry) {
    if (entry == Entry.CONTENT) {
      r.phase(Phase.CONTENT);
      return ContentHandlers.run(r);
    }
    if (entry == Entry.START) {
      RealIp.apply(r);
    }
    if (entry != Entry.REWRITE) {
      Verdict server = serverRewrite(r);
      if (server.ends()) {
        return server;
      }
    }
    Verdict rewritten = locateAndRewrite(r, entry == Entry.REWRITE);
    if (rewritten.ends()) {
      return rewritten;
    }
    Verdict admitted = admit(r);
    if (admitted.ends()) {
      return admitted;
    }
    Verdict tried = TryFilesHandler.run(r);
    if (tried.ends()) {
      return tried;
    }
    Mirrors.start(r);
    r.phase(Phase.CONTENT);
    return ContentHandlers.run(r);
  }

  /** Lua's handler is not postponed here, as it is in a location: it sees what no directive set. */
  private static Verdict serverRewrite(Request r) {
    r.location(r.server().root());
    r.phase(Phase.SERVER_REWRITE);
    MethodOverrides.apply(r);
    LuaHandler handler = r.server().serverRewrite();
    if (handler != null) {
      Verdict own = LuaPhases.rewrite(r, handler, Phase.SERVER_REWRITE);
      if (own.ends()) {
        return own;
      }
    }
    return rewrites(r, r.server().rewrites());
  }

  /** Finds the location and runs its rewrite phase, again for as long as the URI changes. */
  private static Verdict locateAndRewrite(Request r, boolean located) {
    boolean found = located;
    while (true) {
      if (!found) {
        Verdict where = locate(r);
        if (where.ends()) {
          return where;
        }
      }
      Verdict rewritten = rewrite(r);
      if (rewritten.ends()) {
        return rewritten;
      }
      if (!rewritten.equals(Signal.RELOCATE)) {
        return Signal.NEXT;
      }
      if (!r.takeChange()) {
        r.log(
            ErrorLog.ERROR,
            "rewrite or internal redirection cycle while processing \"" + r.uri() + "\"");
        return Verdict.status(HttpStatus.INTERNAL_ERROR);
      }
      found = false;
    }
  }

  /** How long a body is that no location has let in yet, or -1. */
  private static long announced(Request r) {
    if (r.isMain()) {
      return r.body().isRead() ? -1 : r.client().exchange().requestBody().length();
    }
    return r.body().isRead() ? r.body().announced() : -1;
  }

  private static Verdict locate(Request r) {
    r.location(r.server().root());
    LocationMatch match = r.server().matcher().match(r.uri(), r);
    LocationConf chosen = match.location();
    if (chosen.internal() && !r.internal()) {
      r.location(chosen); // its error pages and header filters are for this 404 too
      return Verdict.status(HttpStatus.NOT_FOUND);
    }
    LocationConf location = chosen.forMethod(r.method());
    r.location(location);
    long length = announced(r);
    long most = location.core().clientMaxBodySize();
    if (most > 0 && length > most) {
      r.log(ErrorLog.ERROR, "client intended to send too large body: " + length + " bytes");
      if (r.isMain()) {
        r.body().refuse();
      }
      return Verdict.status(HttpStatus.TOO_LARGE);
    }
    if (match instanceof LocationMatch.SlashRedirect) {
      String args = r.args().isEmpty() ? "" : "?" + r.args();
      String path = UriText.escape(location.name()) + args;
      r.response().redirectTo(path);
      return Verdict.status(HttpStatus.MOVED_PERMANENTLY);
    }
    return Signal.NEXT;
  }

  private static Verdict rewrite(Request r) {
    r.phase(Phase.REWRITE);
    MethodOverrides.apply(r);
    boolean luaFirst = r.service().http().lua().rewriteNoPostpone();
    if (luaFirst) {
      Verdict lua = luaRewrite(r);
      return lua.equals(Signal.NEXT) ? rewritten(r) : lua;
    }
    Verdict directives = rewritten(r);
    if (directives.ends() || directives.equals(Signal.RELOCATE)) {
      return directives;
    }
    Verdict lua = luaRewrite(r);
    return lua.equals(Signal.NEXT) ? directives : lua;
  }

  /** The directives of the location, and then what it makes of the request's fields. */
  private static Verdict rewritten(Request r) {
    Verdict directives = rewrites(r, r.location().rewrites());
    if (directives.ends()) {
      return directives;
    }
    Verdict fields = MoreInputHeaders.apply(r);
    return fields.ends() ? fields : directives;
  }

  private static Verdict luaRewrite(Request r) {
    LuaHandler handler = r.location().handlers().rewrite();
    return handler == null ? Signal.NEXT : LuaPhases.rewrite(r, handler, Phase.REWRITE);
  }

  private static Verdict rewrites(Request r, RewriteProgram program) {
    if (program.isEmpty()) {
      return Signal.NEXT;
    }
    return switch (program.run(r)) {
      case RewriteOutcome.Proceed proceed -> proceed.relocate() ? Signal.RELOCATE : Signal.NEXT;
      case RewriteOutcome.Answer answer -> ReturnAnswer.send(r, answer);
      case RewriteOutcome.Redirect redirect -> {
        r.response().redirectTo(redirect.location());
        yield Verdict.status(redirect.status());
      }
      case RewriteOutcome.Failure failure -> {
        r.log(ErrorLog.ERROR, failure.reason());
        yield Verdict.status(HttpStatus.INTERNAL_ERROR);
      }
    };
  }

  /** The preaccess and access phases. */
  private static Verdict admit(Request r) {
    if (r.isMain()) {
      RealIp.apply(r);
    }
    Verdict limited = Limits.check(r);
    if (limited.ends()) {
      return limited;
    }
    r.phase(Phase.ACCESS);
    return r.isMain() ? AccessPhase.check(r) : Signal.NEXT;
  }

  private static Verdict redirect(Request r, Verdict.Redirect to) {
    if (!r.takeChange()) {
      r.log(
          ErrorLog.ERROR,
          "rewrite or internal redirection cycle while internally redirecting to \""
              + to.uri()
              + "\"");
      return Verdict.status(HttpStatus.INTERNAL_ERROR);
    }
    r.uri(to.uri());
    r.giveArgs(to.args());
    r.attached();
    r.clearContexts();
    r.internal(true);
    return run(r, Entry.SERVER_REWRITE);
  }

  private static Verdict named(Request r, String name) {
    if (!r.takeChange()) {
      r.log(
          ErrorLog.ERROR,
          "rewrite or internal redirection cycle while redirect to named location \""
              + name
              + "\"");
      return Verdict.status(HttpStatus.INTERNAL_ERROR);
    }
    LocationConf location = r.server().namedLocations().get(name);
    if (location == null) {
      r.log(ErrorLog.ERROR, "could not find named location \"" + name + "\"");
      return Verdict.status(HttpStatus.INTERNAL_ERROR);
    }
    r.internal(true);
    r.clearContexts();
    r.location(location.forMethod(r.method()));
    return run(r, Entry.REWRITE);
  }

  /** A step of a request's way. */
  @FunctionalInterface
  private interface Step {
    Verdict take();
  }

  /** Takes a step; what it throws becomes a verdict. */
  private static Verdict guarded(Request r, Step step) {
    try {
      return step.take();
    } catch (ResponseAborted aborted) {
      return aborted.replaces()
          ? new Verdict.Replace(aborted.status())
          : new Verdict.Finish(aborted.status());
    } catch (dev.banyan.transport.TransportException e) {
      r.log(ErrorLog.INFO, e.getMessage() + " while sending to client");
      return Verdict.status(HttpStatus.CLIENT_CLOSED);
    } catch (RuntimeException | StackOverflowError e) {
      r.service().report(r, e);
      return r.response().headSent() ? Verdict.failed() : Verdict.status(HttpStatus.INTERNAL_ERROR);
    }
  }
}
