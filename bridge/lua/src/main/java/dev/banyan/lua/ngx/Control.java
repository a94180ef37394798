package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NONE;

import dev.banyan.api.Phase;
import dev.banyan.fiber.Fiber;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import java.time.Duration;
import java.util.Set;
import org.luaj.vm2.Varargs;

/** {@code ngx.exit}, {@code exec}, {@code redirect}, {@code sleep}: where the handler goes next. */
final class Control {
  private static final int WARN = 5;

  /** A hundred years: who sleeps longer sleeps on. */
  private static final long LONGEST = Duration.ofDays(36_500).toMillis();

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> ALWAYS = Set.of(-1, 444, 408, 499);
  private static final Set<Integer> ABRUPT = Set.of(408, 499, 444);

  private static final int AGAIN = -2;
  private static final int DONE = -4;

  private Control() {}

  static void open(Bindings bindings) {
    bindings.function("ngx.exit", Control::exit);
    bindings.function("ngx.exec", Control::exec);
    bindings.function("ngx.redirect", Control::redirect);
    bindings.function("ngx.sleep", Control::sleep);
    bindings.function("ngx.get_phase", (x, args) -> LuaText.of(x.phase.luaName()));
  }

  private static Varargs exit(Execution x, Varargs args) {
    int status = Coerce.toInt(args.arg1(), 2, "ngx_lua_ffi_exit");
    if (status == AGAIN || status == DONE) {
      throw LuaErrors.raise("bad argument to 'ngx.exit': does not accept NGX_AGAIN or NGX_DONE");
    }
    RequestHost request = x.request();
    if (x.pendingCaptures > 0 && !ALWAYS.contains(status)) {
      throw LuaErrors.raise("attempt to abort with pending subrequests");
    }
    boolean begun = request.headersSent() || request.headHeldBack();
    if (status >= 300 && !ABRUPT.contains(status) && begun) {
      if (status != request.status()) {
        request.log(
            4,
            "attempt to set status "
                + status
                + " via ngx.exit after sending out the response status "
                + request.status());
      }
      status = 200;
    }
    if (x.phase == Phase.HEADER_FILTER || x.phase == Phase.BALANCER) {
      x.exitStatus = status;
      return NONE;
    }
    throw new NgxSignal(new Outcome.Exit(status));
  }

  private static Varargs exec(Execution x, Varargs args) {
    int count = args.narg();
    if (count != 1 && count != 2) {
      throw LuaErrors.raise("expecting one or two arguments, but got " + count);
    }
    String target = LuaArgs.checkText(args, 1);
    if (target.isEmpty()) {
      throw LuaErrors.raise("The uri argument is empty");
    }
    requireAbortable(x);
    LocationUri uri = LocationUri.parse(target);
    if (uri == null) {
      x.log(4, "unsafe URI \"" + LocationUri.unsafe(target) + "\" was detected");
      throw LuaErrors.raise("unsafe uri");
    }
    String more = count == 2 && !args.arg(2).isnil() ? RequestLine.argsText(args.arg(2), 2) : "";
    String joined =
        uri.args().isEmpty() ? more : more.isEmpty() ? uri.args() : uri.args() + "&" + more;
    if (x.request().headersSent()) {
      throw LuaErrors.raise("attempt to call ngx.exec after sending out response headers");
    }
    if (target.startsWith("@") && !joined.isEmpty()) {
      x.log(
          WARN, "query strings " + joined + " ignored when exec'ing named location " + uri.path());
    }
    throw new NgxSignal(new Outcome.Exec(uri.path(), joined));
  }

  private static Varargs redirect(Execution x, Varargs args) {
    int count = args.narg();
    if (count != 1 && count != 2) {
      throw LuaErrors.raise("expecting one or two arguments");
    }
    String location = LuaArgs.checkText(args, 1);
    int status = count == 2 ? LuaArgs.checkInt(args, 2) : 302;
    if (!REDIRECTS.contains(status)) {
      throw LuaErrors.raise(
          "only ngx.HTTP_MOVED_TEMPORARILY, ngx.HTTP_MOVED_PERMANENTLY, "
              + "ngx.HTTP_PERMANENT_REDIRECT, ngx.HTTP_SEE_OTHER, and "
              + "ngx.HTTP_TEMPORARY_REDIRECT are allowed");
    }
    requireAbortable(x);
    RequestHost request = x.request();
    if (request.headersSent()) {
      throw LuaErrors.raise("attempt to call ngx.redirect after sending out the headers");
    }
    UnsafeBytes.refuse(location, "redirect uri", "");
    request.responseHeaders().add("Location", location);
    request.status(status);
    throw new NgxSignal(new Outcome.Redirect(status, location));
  }

  static void requireAbortable(Execution x) {
    if (x.pendingCaptures > 0) {
      throw LuaErrors.raise("attempt to abort with pending subrequests");
    }
  }

  private static Varargs sleep(Execution x, Varargs args) {
    if (args.narg() != 1) {
      throw LuaErrors.raise("attempt to pass " + args.narg() + " arguments, but accepted 1");
    }
    double millis = LuaArgs.checkNumber(args, 1) * 1000;
    if ((long) millis < 0) {
      throw LuaErrors.raise("invalid sleep duration \"" + (long) millis + "\"");
    }
    x.checkSuspendable();
    Duration asked = Duration.ofMillis(Math.min((long) millis, LONGEST));
    Fiber.sleep(x.machine.libraries().clock().left(asked));
    return NONE;
  }
}
