package dev.banyan.lua.ngx;

import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import java.util.List;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code tcpsock:send}. */
final class TcpSend {
  private TcpSend() {}

  static Varargs send(Execution x, Varargs args) {
    if (args.narg() != 2) {
      throw LuaErrors.raise("expecting 2 arguments (including the object), but got " + args.narg());
    }
    TcpSocket socket = TcpSockets.self(x, args);
    StreamSocket stream = socket.stream;
    if (stream == null) {
      TcpSockets.log(x, "attempt to send data on a closed socket: " + socket.described());
      return Execution.failure("closed");
    }
    if (socket.connecting) {
      return Execution.failure("socket busy connecting");
    }
    if (socket.writing) {
      return Execution.failure("socket busy writing");
    }
    byte[] bytes = bytes(args.arg(2));
    socket.writing = true;
    try {
      stream.send(List.of(bytes), socket.sendTimeout);
      return LuaNumbers.of((long) bytes.length);
    } catch (NgxFailure e) {
      if ("timeout".equals(e.getMessage())) {
        TcpSockets.log(x, "lua tcp socket write timed out");
      }
      socket.close();
      return Execution.failure(e);
    } finally {
      socket.writing = false;
    }
  }

  /**
   * The bytes of a value that may be sent: text, a number, nil, a boolean, or nested lists of
   * texts.
   */
  static byte[] bytes(LuaValue value) {
    ByteText text = new ByteText();
    if (value instanceof LuaTable list) {
      text.list(list, 2, true);
    } else if (value.type() == LuaValue.TLIGHTUSERDATA
        || value.type() == LuaValue.TUSERDATA
        || !text.plain(value)) {
      throw LuaErrors.argument(
          2, "string, number, boolean, nil, or array table expected, got " + value.typename());
    }
    return text.bytes();
  }
}
