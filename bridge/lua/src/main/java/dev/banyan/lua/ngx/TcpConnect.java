package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.ONE;
import static org.luaj.vm2.LuaValue.TRUE;

import dev.banyan.lua.CData;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.LuaText;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code tcpsock:connect} and {@code tcpsock:sslhandshake}. */
final class TcpConnect {
  private static final int LARGEST_PORT = 65535;
  private static final int CRIT = 3;
  private static final int ERR = 4;

  private TcpConnect() {}

  /** Where to connect to, and which pool to ask first. */
  private record Target(String host, int port, String pool, int poolSize, int backlog) {
    /** Which socket file it is, as the log names it; empty for a network address. */
    String path() {
      return host.startsWith("unix:") ? " to " + host : "";
    }
  }

  static Varargs connect(Execution x, Varargs args) {
    int count = args.narg();
    if (count < 2 || count > 4) {
      throw LuaErrors.raise(
          "ngx.socket connect: expecting 2, 3, or 4 arguments (including the object), but seen "
              + count);
    }
    TcpSocket socket = TcpSockets.self(x, args);
    try {
      return connect(x, socket, target(args));
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static Target target(Varargs args) {
    String host = LuaArgs.checkText(args, 2);
    int count = args.narg();
    boolean withOptions = args.arg(count) instanceof LuaTable && count > 2;
    LuaValue options = withOptions ? args.arg(count) : LuaValue.NIL;
    boolean unix = host.startsWith("unix:");
    if (host.equals("unix:")) {
      throw new NgxFailure(
          "failed to parse host name \"unix:\": no path in the unix domain socket");
    }
    int port = unix ? 0 : port(withOptions && count == 3 ? LuaValue.NIL : args.arg(3));
    String pool = unix ? host : host + ":" + port;
    PeerName peer = PeerName.parse(host, port);
    if (!(options instanceof LuaTable table)) {
      return new Target(peer.host(), peer.port(), pool, 0, -1);
    }
    return new Target(
        peer.host(),
        peer.port(),
        poolName(table.get(LuaText.of("pool")), count, pool),
        option(table, "pool_size", count, 1, 0),
        option(table, "backlog", count, 0, -1));
  }

  private static int port(LuaValue value) {
    LuaNumber number = LuaNumbers.parse(value);
    if (number == null) {
      throw new NgxFailure("missing the port number");
    }
    int port = (int) number.todouble();
    if (port < 0 || port > LARGEST_PORT) {
      throw new NgxFailure("bad port number: " + port);
    }
    return port;
  }

  private static String poolName(LuaValue value, int argument, String otherwise) {
    if (value.isnil()) {
      return otherwise;
    }
    if (!value.isstring()) {
      throw LuaErrors.argument(argument, "bad \"pool\" option type: " + value.typename());
    }
    return LuaText.latin1(value);
  }

  private static int option(LuaTable table, String name, int argument, int least, int otherwise) {
    LuaValue value = table.get(LuaText.of(name));
    if (value.isnil()) {
      return otherwise;
    }
    LuaNumber number = LuaNumbers.parse(value);
    if (number == null && least == 0) {
      return otherwise; // nginx looks at a backlog's type alone, and passes others over
    }
    if (number == null) {
      throw LuaErrors.argument(argument, "bad \"" + name + "\" option type: " + value.typename());
    }
    int amount = (int) number.todouble();
    if (amount < least) {
      throw LuaErrors.argument(argument, "bad \"" + name + "\" option value: " + amount);
    }
    return amount;
  }

  private static Varargs connect(Execution x, TcpSocket socket, Target target) {
    if (socket.connecting) {
      return Execution.failure("socket busy connecting");
    }
    if (socket.reading) {
      return Execution.failure("socket busy reading");
    }
    if (socket.writing) {
      return Execution.failure("socket busy writing");
    }
    x.checkSuspendable();
    socket.close();
    socket.created = true;
    socket.connecting = true;
    try {
      StreamSocket stream =
          x.worker()
              .connectTcp(
                  target.host(),
                  target.port(),
                  socket.local,
                  target.pool(),
                  target.poolSize(),
                  target.backlog(),
                  socket.connectTimeout);
      socket.open(NotedStream.connected(x, stream, target.host(), target.port()), x.state());
      return ONE;
    } catch (NgxFailure e) {
      logFailure(x, target, String.valueOf(e.getMessage()));
      throw e;
    } finally {
      socket.connecting = false;
    }
  }

  /** A socket of a path fails at once, which nginx's core logs and no setting of Lua's stops. */
  private static void refused(Execution x, int level, Target target, String reason) {
    String message = "connect()" + target.path() + " failed (" + reason + ")";
    if (target.path().isEmpty()) {
      TcpSockets.log(x, level, message);
    } else {
      x.log(level, message);
    }
  }

  private static void logFailure(Execution x, Target target, String reason) {
    switch (reason) {
      case "timeout" ->
          TcpSockets.log(
              x,
              "lua tcp socket connect timed out, when connecting to "
                  + target.host()
                  + ":"
                  + target.port());
      case "connection refused" -> refused(x, ERR, target, "111: Connection refused");
      case "no such file or directory" -> refused(x, CRIT, target, "2: No such file or directory");
      default -> {
        // the reason is the caller's alone
      }
    }
  }

  static Varargs handshake(Execution x, Varargs args) {
    int count = args.narg();
    if (count < 1 || count > 5) {
      throw LuaErrors.raise(
          "ngx.socket sslhandshake: expecting 1 ~ 5 arguments (including the object), but seen "
              + count);
    }
    TcpSocket socket = TcpSockets.created(x, args);
    StreamSocket stream = socket.stream;
    if (stream == null) {
      return Execution.failure("closed");
    }
    x.checkSuspendable();
    LuaValue session = args.arg(2);
    String name = args.arg(3).toboolean() ? LuaArgs.checkText(args, 3) : null;
    try {
      stream.handshake(name, args.arg(4).toboolean(), socket.identity, socket.connectTimeout);
    } catch (NgxFailure e) {
      String reason = String.valueOf(e.getMessage());
      if (Character.isDigit(reason.charAt(0))) {
        TcpSockets.log(x, "lua ssl certificate verify error: (" + reason + ")");
      } else if ("certificate host mismatch".equals(reason)) {
        TcpSockets.log(x, "lua ssl certificate does not match host \"" + name + "\"");
      }
      if ("timeout".equals(e.getMessage())) {
        TcpSockets.log(x, "lua ssl handshake timed out");
      }
      socket.close();
      return Execution.failure(e);
    }
    boolean noSession = session.isboolean() && !session.toboolean();
    return noSession ? TRUE : new CData(stream);
  }
}
