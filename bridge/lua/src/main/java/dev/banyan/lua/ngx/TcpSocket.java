package dev.banyan.lua.ngx;

import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by one worker's loop: the state behind a TCP cosocket object. */
final class TcpSocket {
  /** The request that connected it. */
  private @Nullable RequestState owner;

  /** The connection; null before connecting and after closing. */
  @Nullable StreamSocket stream;

  /** Whether this is the client's own connection, which Lua may not close. */
  final boolean downstream;

  /** Whether bytes may be sent. */
  final boolean writable;

  /** Whether a connect was ever tried. */
  boolean created;

  /** The certificates that it shows in a handshake; null for those of the configuration. */
  StreamSocket.@Nullable Identity identity;

  /** The address that it connects from; null for the system's choice. */
  @Nullable InetAddress local;

  Duration connectTimeout;
  Duration sendTimeout;
  Duration readTimeout;
  boolean connecting;
  boolean reading;
  boolean writing;

  /** Whether the peer has closed its side. */
  boolean ended;

  /** Whether a read has told so, after which there is nothing more to read. */
  boolean finished;

  TcpSocket(WorkerHost.SocketDefaults defaults, boolean downstream, boolean writable) {
    this.connectTimeout = defaults.connect();
    this.sendTimeout = defaults.send();
    this.readTimeout = defaults.read();
    this.downstream = downstream;
    this.writable = writable;
  }

  /** Takes a connection for a request, which closes it at its end. */
  void open(StreamSocket connection, RequestState request) {
    stream = connection;
    owner = request;
    created = true;
    ended = false;
    finished = false;
    request.sockets.add(this);
  }

  /**
   * What the log says of a socket that is used too late: the object and its connection as numbers,
   * 0 where there is none, and whether its peer has ended it.
   */
  String described() {
    return String.format(
        "u:%016X, c:%016X, ft:0 eof:%d",
        created ? System.identityHashCode(this) : 0,
        stream == null ? 0 : System.identityHashCode(stream),
        ended ? 1 : 0);
  }

  /** Whether the object was connected by another request. */
  boolean foreignTo(RequestState request) {
    return owner != null && owner != request;
  }

  /** Gives the connection away without closing it. */
  @Nullable StreamSocket release() {
    StreamSocket connection = stream;
    stream = null;
    if (owner != null) {
      owner.sockets.remove(this);
    }
    return connection;
  }

  /** Closes the connection. */
  void close() {
    StreamSocket connection = release();
    if (connection != null) {
      connection.close();
    }
  }
}
