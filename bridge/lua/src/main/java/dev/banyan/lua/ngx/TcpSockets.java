package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.ONE;
import static org.luaj.vm2.LuaValue.TRUE;

import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.Table;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: TCP cosockets, made by {@code ngx.socket} and {@code ngx.req.socket}. */
final class TcpSockets {
  private static final LuaValue STATE = LuaInteger.valueOf(1);
  private static final int ERR = 4;

  /** Why a pool refuses a connection on which the peer spoke unasked, and which is lost by that. */
  private static final String DUBIOUS = "connection in dubious state";

  private static final Pattern DOTTED = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

  private final Table methods = new Table();
  private final Table requestMethods = new Table();
  private final Table rawMethods = new Table();

  private TcpSockets() {}

  static void open(Bindings bindings) {
    TcpSockets sockets = new TcpSockets();
    sockets.addMethods(bindings);
    bindings.function("ngx.socket.tcp", (x, args) -> sockets.make(x, args));
    bindings.function("ngx.socket.stream", (x, args) -> sockets.make(x, args));
    bindings.function("ngx.socket.connect", sockets::makeConnected);
    bindings.function("ngx.req.socket", sockets::requestSocket);
  }

  private void addMethods(Bindings bindings) {
    method(bindings, "connect", TcpConnect::connect, methods);
    method(bindings, "bind", TcpSockets::bind, methods);
    method(bindings, "close", TcpSockets::close, methods);
    method(bindings, "send", TcpSend::send, methods, rawMethods);
    method(bindings, "receive", TcpReceive::receive, methods, requestMethods, rawMethods);
    method(bindings, "receiveany", TcpReceive::receiveAny, methods, requestMethods, rawMethods);
    method(
        bindings, "receiveuntil", ReceiveUntil::receiveUntil, methods, requestMethods, rawMethods);
    method(bindings, "settimeout", TcpSockets::setTimeout, methods, requestMethods, rawMethods);
    method(bindings, "settimeouts", TcpSockets::setTimeouts, methods, requestMethods, rawMethods);
    method(bindings, "setkeepalive", TcpSockets::setKeepAlive, methods);
    method(bindings, "getreusedtimes", TcpSockets::reusedTimes, methods);
    method(bindings, "setclientcert", ClientCertificates::set, methods);
    method(bindings, "sslhandshake", TcpConnect::handshake, methods);
    method(bindings, "setoption", TcpOptions::set, methods);
    method(bindings, "getoption", TcpOptions::get, methods);
    for (Table table : List.of(methods, requestMethods, rawMethods)) {
      table.rawset(LuaValue.INDEX, table);
    }
  }

  private static void method(Bindings bindings, String name, ApiBody body, Table... tables) {
    LuaValue function = bindings.method("tcpsock:" + name, body);
    for (Table table : tables) {
      table.rawset(name, function);
    }
  }

  private static Table object(TcpSocket socket, Table methods) {
    Table object = new Table(1, 0);
    object.rawset(STATE, new LuaUserdata(socket));
    object.setmetatable(methods);
    return object;
  }

  private Varargs make(Execution x, Varargs args) {
    if (args.narg() != 0) {
      throw LuaErrors.raise("expecting zero arguments, but got " + args.narg());
    }
    return object(
        new TcpSocket(x.worker().socketDefaults(x.requestOrNull()), false, true), methods);
  }

  private Varargs makeConnected(Execution x, Varargs args) {
    Table object = (Table) make(x, NONE).arg1();
    Varargs answer = TcpConnect.connect(x, LuaValue.varargsOf(object, args));
    return answer.arg1().toboolean() ? object : answer;
  }

  private Varargs requestSocket(Execution x, Varargs args) {
    if (args.narg() > 1) {
      throw LuaErrors.raise("expecting zero arguments, but got " + args.narg());
    }
    if (x.request().subrequest()) {
      throw LuaErrors.raise("attempt to read the request body in a subrequest");
    }
    if (x.request().httpVersion() >= 2) {
      throw LuaErrors.raise("http v2 not supported yet");
    }
    boolean raw = args.arg1().toboolean();
    if (raw && x.request().headHeldBack()) {
      return Execution.failure("http 1.0 buffering");
    }
    if (!raw && x.state().bodyTaken) {
      return Execution.failure("request body already exists");
    }
    try {
      TcpSocket socket = new TcpSocket(x.worker().socketDefaults(x.requestOrNull()), true, raw);
      socket.open(x.request().requestSocket(raw), x.state());
      x.state().bodyTaken = true;
      x.state().connectionTaken |= raw;
      return object(socket, raw ? rawMethods : requestMethods);
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  /** The socket behind {@code self}. */
  static TcpSocket self(Execution x, Varargs args) {
    LuaTable object = LuaArgs.checkTable(args, 1);
    if (object.rawget(STATE) instanceof LuaUserdata data
        && data.m_instance instanceof TcpSocket socket) {
      if (socket.foreignTo(x.state())) {
        throw LuaErrors.raise("bad request");
      }
      return socket;
    }
    TcpSocket closed = new TcpSocket(x.worker().socketDefaults(x.requestOrNull()), false, true);
    object.rawset(STATE, new LuaUserdata(closed)); // any table is a socket that isn't connected
    return closed;
  }

  /** Logs what went wrong with a socket where the configuration says so. */
  static void log(Execution x, String message) {
    log(x, ERR, message);
  }

  /** Logs at a level what went wrong with a socket where the configuration says so. */
  static void log(Execution x, int level, String message) {
    RequestHost request = x.requestOrNull();
    if (request == null || request.settings().socketLogErrors()) {
      x.log(level, message);
    }
  }

  private static Varargs bind(Execution x, Varargs args) {
    if (args.narg() != 2) {
      throw LuaErrors.raise("expecting 2 arguments, but got " + args.narg());
    }
    TcpSocket socket = self(x, args);
    InetAddress local = literal(LuaArgs.checkText(args, 2));
    if (local == null) {
      return Execution.failure("bad address");
    }
    socket.local = local;
    return TRUE;
  }

  private static @Nullable InetAddress literal(String text) {
    if (text.indexOf(':') < 0 && !DOTTED.matcher(text).matches()) {
      return null; // what the JDK takes beyond it is no address for nginx
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Varargs close(Execution x, Varargs args) {
    if (args.narg() != 1) {
      throw LuaErrors.raise("expecting 1 argument (including the object) but seen " + args.narg());
    }
    TcpSocket socket = self(x, args);
    if (socket.stream == null) {
      return Execution.failure("closed");
    }
    if (socket.connecting) {
      return Execution.failure("socket busy connecting");
    }
    if (socket.reading) {
      return Execution.failure("socket busy reading");
    }
    if (socket.writing) {
      return Execution.failure("socket busy writing");
    }
    if (socket.downstream) {
      return Execution.failure("attempt to close a request socket");
    }
    socket.close();
    return ONE;
  }

  private static Varargs setTimeout(Execution x, Varargs args) {
    if (args.narg() != 2) {
      throw LuaErrors.raise(
          "ngx.socket settimeout: expecting 2 arguments (including the object) but seen "
              + args.narg());
    }
    TcpSocket socket = self(x, args);
    WorkerHost.SocketDefaults defaults = x.worker().socketDefaults(x.requestOrNull());
    long millis = millis(args, 2);
    socket.connectTimeout = millis > 0 ? Duration.ofMillis(millis) : defaults.connect();
    socket.sendTimeout = millis > 0 ? Duration.ofMillis(millis) : defaults.send();
    socket.readTimeout = millis > 0 ? Duration.ofMillis(millis) : defaults.read();
    return NONE;
  }

  private static Varargs setTimeouts(Execution x, Varargs args) {
    if (args.narg() != 4) {
      throw LuaErrors.raise(
          "ngx.socket settimeout: expecting 4 arguments (including the object) but seen "
              + args.narg());
    }
    TcpSocket socket = self(x, args);
    WorkerHost.SocketDefaults defaults = x.worker().socketDefaults(x.requestOrNull());
    long connect = millis(args, 2);
    long send = millis(args, 3);
    long read = millis(args, 4);
    socket.connectTimeout = connect > 0 ? Duration.ofMillis(connect) : defaults.connect();
    socket.sendTimeout = send > 0 ? Duration.ofMillis(send) : defaults.send();
    socket.readTimeout = read > 0 ? Duration.ofMillis(read) : defaults.read();
    return NONE;
  }

  private static long millis(Varargs args, int index) {
    var number = LuaNumbers.parse(args.arg(index));
    long millis = number == null ? 0 : (long) number.todouble();
    if (millis < 0 || millis > Integer.MAX_VALUE) {
      throw LuaErrors.raise("bad timeout value");
    }
    return millis;
  }

  private static Varargs setKeepAlive(Execution x, Varargs args) {
    int count = args.narg();
    if (count < 1 || count > 3) {
      throw LuaErrors.raise("expecting 1 to 3 arguments (including the object), but got " + count);
    }
    TcpSocket socket = self(x, args);
    StreamSocket stream = socket.stream;
    if (stream == null) {
      return Execution.failure("closed");
    }
    if (socket.connecting) {
      return Execution.failure("socket busy connecting");
    }
    if (socket.reading) {
      return Execution.failure("socket busy reading");
    }
    if (socket.writing) {
      return Execution.failure("socket busy writing");
    }
    WorkerHost.SocketDefaults defaults = x.worker().socketDefaults(x.requestOrNull());
    Duration idle =
        LuaArgs.isNoneOrNil(args, 2)
            ? defaults.keepAlive()
            : Duration.ofMillis(LuaArgs.checkLong(args, 2));
    boolean said = !stream.pooled() && !LuaArgs.isNoneOrNil(args, 3); // else nobody looks at it
    int size = said ? LuaArgs.checkInt(args, 3) : defaults.poolSize();
    if (said && size <= 0) {
      throw LuaErrors.argument(3, "bad \"pool_size\" option value: " + size);
    }
    return pool(socket, stream, idle, size);
  }

  private static Varargs pool(TcpSocket socket, StreamSocket stream, Duration idle, int size) {
    if (socket.ended) {
      return Execution.failure("closed");
    }
    try {
      stream.keepAlive(idle, size);
      socket.release();
      return ONE;
    } catch (NgxFailure e) {
      if (DUBIOUS.equals(e.getMessage())) {
        socket.close(); // whatever else refuses leaves it as it is
      }
      return Execution.failure(e);
    }
  }

  private static Varargs reusedTimes(Execution x, Varargs args) {
    if (args.narg() != 1) {
      throw LuaErrors.raise("expecting 1 argument (including the object), but got " + args.narg());
    }
    StreamSocket stream = self(x, args).stream;
    return stream == null ? Execution.failure("closed") : LuaInteger.valueOf(stream.reusedTimes());
  }

  /** The socket behind {@code self}, of which a connect was tried. */
  static TcpSocket created(Execution x, Varargs args) {
    TcpSocket socket = self(x, args);
    if (!socket.created) {
      throw LuaErrors.raise("socket is never created nor connected");
    }
    return socket;
  }
}
