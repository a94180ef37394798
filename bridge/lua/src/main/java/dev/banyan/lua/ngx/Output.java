package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.ONE;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaText;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.Varargs;

/** {@code ngx.say}, {@code print}, {@code flush}, {@code eof} and {@code send_headers}. */
final class Output {
  private static final String TAKEN = "raw request socket acquired";

  private Output() {}

  static void open(Bindings bindings) {
    bindings.function("ngx.say", (x, args) -> echo(x, args, true));
    bindings.function("ngx.print", (x, args) -> echo(x, args, false));
    bindings.function("ngx.send_headers", (x, args) -> sendHeaders(x));
    bindings.function("ngx.flush", Output::flush);
    bindings.function("ngx.eof", Output::eof);
  }

  private static Varargs echo(Execution x, Varargs args, boolean newline) {
    RequestHost request = x.request();
    if (x.state().connectionTaken) {
      return Execution.failure(TAKEN);
    }
    if (request.headerOnly()) {
      return Execution.failure("header only");
    }
    if (request.eofSent()) {
      return Execution.failure("seen eof");
    }
    byte[] piece = piece(args, newline);
    try {
      if (piece.length == 0) {
        request.sendHeaders();
      } else {
        x.state().bodySeen = true;
        request.print(piece);
      }
      return ONE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static byte[] piece(Varargs args, boolean newline) {
    if (args.narg() == 1 && !newline && args.arg1() instanceof LuaString text) {
      return LuaText.bytes(text);
    }
    ByteText text = new ByteText();
    for (int i = 1; i <= args.narg(); i++) {
      text.value(args.arg(i), i);
    }
    if (newline) {
      text.octet('\n');
    }
    return text.bytes();
  }

  private static Varargs sendHeaders(Execution x) {
    try {
      if (!x.request().headersSent()) {
        x.request().sendHeaders();
      }
      return ONE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static Varargs flush(Execution x, Varargs args) {
    if (args.narg() > 1) {
      throw LuaErrors.raise("attempt to pass " + args.narg() + " arguments, but accepted 0 or 1");
    }
    RequestHost request = x.request();
    if (x.state().connectionTaken) {
      return Execution.failure(TAKEN);
    }
    boolean wait = args.narg() == 1 && !request.subrequest() && LuaArgs.checkBoolean(args, 1);
    if (request.headerOnly()) {
      return Execution.failure("header only");
    }
    if (request.eofSent()) {
      return Execution.failure("seen eof");
    }
    boolean begun = request.headersSent() || request.headHeldBack();
    if (!begun || !(x.state().bodySeen || wait)) {
      return Execution.failure("nothing to flush");
    }
    try {
      request.flush(wait);
      return ONE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static Varargs eof(Execution x, Varargs args) {
    if (args.narg() != 0) {
      throw LuaErrors.raise("no argument is expected");
    }
    RequestHost request = x.request();
    if (x.state().connectionTaken) {
      return Execution.failure(TAKEN);
    }
    if (request.eofSent()) {
      return Execution.failure("seen eof");
    }
    try {
      request.eof();
      return ONE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }
}
