package dev.banyan.lua.ngx;

import static org.luaj.vm2.LuaValue.NONE;
import static org.luaj.vm2.LuaValue.ONE;

import dev.banyan.api.Journal;
import dev.banyan.api.Journal.Entry.Connected;
import dev.banyan.lua.LuaArgs;
import dev.banyan.lua.LuaErrors;
import dev.banyan.lua.LuaNumbers;
import dev.banyan.lua.Table;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaNumber;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaUserdata;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** Owned by one machine: UDP cosockets. */
final class UdpSockets {
  private static final LuaValue STATE = LuaInteger.valueOf(1);
  private static final int LARGEST_DATAGRAM = 65536;
  private static final int DEFAULT_DATAGRAM = 8192;
  private static final int LARGEST_PORT = 65535;

  private final Table methods = new Table();

  private UdpSockets() {}

  /** Owned by one worker's loop: the state behind an object. */
  private static final class Socket {
    WorkerHost.@Nullable DatagramSocket peer;
    Duration timeout;
    boolean reading;
    long number;

    Socket(Duration timeout) {
      this.timeout = timeout;
    }
  }

  static void open(Bindings bindings) {
    UdpSockets sockets = new UdpSockets();
    Table methods = sockets.methods;
    method(bindings, methods, "setpeername", UdpSockets::setPeerName);
    method(bindings, methods, "send", UdpSockets::send);
    method(bindings, methods, "receive", UdpSockets::receive);
    method(bindings, methods, "settimeout", UdpSockets::setTimeout);
    method(bindings, methods, "close", UdpSockets::close);
    methods.rawset(LuaValue.INDEX, methods);
    bindings.function("ngx.socket.udp", sockets::make);
  }

  private static void method(Bindings bindings, Table methods, String name, ApiBody body) {
    methods.rawset(name, bindings.method("udpsock:" + name, body));
  }

  private Varargs make(Execution x, Varargs args) {
    if (args.narg() != 0) {
      throw LuaErrors.raise("expecting zero arguments, but got " + args.narg());
    }
    Table object = new Table(1, 0);
    Socket socket = new Socket(x.worker().socketDefaults(x.requestOrNull()).read());
    object.rawset(STATE, new LuaUserdata(socket));
    object.setmetatable(methods);
    return object;
  }

  private static Socket self(Varargs args) {
    LuaTable object = LuaArgs.checkTable(args, 1);
    if (object.rawget(STATE) instanceof LuaUserdata data
        && data.m_instance instanceof Socket socket) {
      return socket;
    }
    throw LuaErrors.argument(1, "cosocket expected");
  }

  private static Varargs setPeerName(Execution x, Varargs args) {
    int count = args.narg();
    if (count != 2 && count != 3) {
      throw LuaErrors.raise(
          "ngx.socket.udp setpeername: expecting 2 or 3 arguments (including the object), but seen "
              + count);
    }
    Socket socket = self(args);
    String host = LuaArgs.checkText(args, 2);
    int port = 0;
    if (count == 3 && !host.startsWith("unix:")) {
      LuaNumber number = LuaNumbers.parse(args.arg(3));
      if (number == null) {
        throw LuaErrors.argument(3, "number expected, got " + args.arg(3).typename());
      }
      port = (int) number.todouble();
      if (port < 0 || port > LARGEST_PORT) {
        return Execution.failure("bad port number: " + port);
      }
    }
    if (socket.reading) {
      return Execution.failure("socket busy");
    }
    shut(socket);
    try {
      PeerName peer = PeerName.parse(host, port);
      socket.peer = x.worker().connectUdp(peer.host(), peer.port());
      socket.number = x.machine.nextSocket();
      Connected connected =
          new Connected(socket.number, Journal.Transport.UDP, peer.host(), peer.port());
      Execution.note(x.machine.vm(), host.length(), () -> connected);
      return ONE;
    } catch (NgxFailure e) {
      return Execution.failure(e);
    }
  }

  private static Varargs send(Execution x, Varargs args) {
    if (args.narg() != 2) {
      throw LuaErrors.raise("expecting 2 arguments (including the object), but got " + args.narg());
    }
    Socket socket = self(args);
    WorkerHost.DatagramSocket peer = socket.peer;
    long number = socket.number;
    if (peer == null) {
      TcpSockets.log(x, "attempt to send data on a closed socket");
      return Execution.failure("closed");
    }
    try {
      byte[] datagram = TcpSend.bytes(args.arg(2));
      peer.send(List.of(datagram));
      Execution.note(
          x.machine.vm(), datagram.length, () -> new Journal.Entry.Sent(number, datagram));
      return ONE;
    } catch (NgxFailure e) {
      logRefusal(x, "send()", e);
      return Execution.failure(e);
    }
  }

  private static Varargs receive(Execution x, Varargs args) {
    if (args.narg() != 1 && args.narg() != 2) {
      throw LuaErrors.raise(
          "expecting 1 or 2 arguments (including the object), but got " + args.narg());
    }
    Socket socket = self(args);
    WorkerHost.DatagramSocket peer = socket.peer;
    if (peer == null) {
      TcpSockets.log(x, "attempt to receive data on a closed socket");
      return Execution.failure("closed");
    }
    if (socket.reading) {
      return Execution.failure("socket busy");
    }
    int most = LuaArgs.optInt(args, 2, DEFAULT_DATAGRAM);
    socket.reading = true;
    try {
      byte[] datagram = peer.receive(Math.clamp(most, 1, LARGEST_DATAGRAM), socket.timeout);
      long number = socket.number;
      Execution.note(
          x.machine.vm(), datagram.length, () -> new Journal.Entry.Received(number, datagram));
      return LuaString.valueUsing(datagram);
    } catch (NgxFailure e) {
      if ("timeout".equals(e.getMessage())) {
        TcpSockets.log(x, "lua udp socket read timed out");
      }
      logRefusal(x, "recv()", e);
      return Execution.failure(e);
    } finally {
      socket.reading = false;
    }
  }

  private static void logRefusal(Execution x, String call, NgxFailure failure) {
    if ("connection refused".equals(failure.getMessage())) {
      TcpSockets.log(x, call + " failed (111: Connection refused)");
    }
  }

  private static Varargs setTimeout(Execution x, Varargs args) {
    if (args.narg() != 2) {
      throw LuaErrors.raise(
          "ngx.socket settimeout: expecting at least 2 arguments (including the object) but seen "
              + args.narg());
    }
    LuaNumber number = LuaNumbers.parse(args.arg(2));
    int millis = number == null ? 0 : (int) number.todouble();
    Socket socket = self(args);
    socket.timeout =
        millis > 0
            ? Duration.ofMillis(millis)
            : x.worker().socketDefaults(x.requestOrNull()).read();
    return NONE;
  }

  private static Varargs close(Execution x, Varargs args) {
    if (args.narg() != 1) {
      throw LuaErrors.raise("expecting 1 argument (including the object) but seen " + args.narg());
    }
    Socket socket = self(args);
    if (socket.peer == null) {
      return Execution.failure("closed");
    }
    if (socket.reading) {
      return Execution.failure("socket busy");
    }
    shut(socket);
    return ONE;
  }

  private static void shut(Socket socket) {
    WorkerHost.DatagramSocket peer = socket.peer;
    socket.peer = null;
    if (peer != null) {
      peer.close();
    }
  }
}
