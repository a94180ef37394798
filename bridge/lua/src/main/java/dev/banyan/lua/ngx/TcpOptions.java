package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.TRUE;

import dev.banyan.lua.LuaText;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code tcpsock:setoption} and {@code getoption}, in the words of lua-resty-core. */
final class TcpOptions {
  private TcpOptions() {}

  static Varargs set(Execution x, Varargs args) {
    TcpSocket socket = TcpSockets.created(x, args);
    if (args.arg(2).isnil()) {
      return missing("option");
    }
    if (args.arg(3).isnil()) {
      return missing("value");
    }
    StreamSocket.Option option = option(args.arg(2));
    if (option == null) {
      return unsupported(args.arg(2));
    }
    int value = number(args.arg(3));
    StreamSocket stream = socket.stream;
    if (stream == null) {
      return Execution.failure("closed");
    }
    try {
      stream.option(option, value);
      return TRUE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  static Varargs get(Execution x, Varargs args) {
    TcpSocket socket = TcpSockets.created(x, args);
    if (args.arg(2).isnil()) {
      return missing("option");
    }
    StreamSocket.Option option = option(args.arg(2));
    if (option == null) {
      return unsupported(args.arg(2));
    }
    StreamSocket stream = socket.stream;
    if (stream == null) {
      return Execution.failure("closed");
    }
    try {
      return LuaInteger.valueOf(stream.option(option));
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static StreamSocket.@Nullable Option option(LuaValue name) {
    return name.isstring() && !name.isnumber()
        ? StreamSocket.Option.find(LuaText.display(name))
        : null;
  }

  /** A C int, as LuaJIT makes one of what it is given. */
  private static int number(LuaValue value) {
    return Coerce.toInt(value, 3, "ngx_http_lua_ffi_socket_tcp_setoption");
  }

  private static Varargs missing(String argument) {
    return Execution.failure("missing the \"" + argument + "\" argument");
  }

  private static Varargs unsupported(LuaValue option) {
    return Execution.failure("unsupported option " + LuaText.display(option));
  }
}
