package dev.banyan.lua.ngx;

import dev.banyan.fiber.Loop;
import dev.banyan.lua.ngx.process.Children;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Owned by its loop: what {@code ngx.*} needs of the worker that it runs on. */
public interface WorkerHost {
  /** The loop of this worker. */
  Loop loop();

  /** Number of this worker from 0. */
  int id();

  /** How many workers there are. */
  int count();

  /** The process id. */
  long pid();

  /** Whether this worker is ending gracefully. */
  boolean exiting();

  /** The prefix folder, with a slash at its end. */
  String prefix();

  /** The files that ports add text to. */
  default AppendedFiles files() {
    return AppendedFiles.NONE;
  }

  /** The groups of servers that requests are passed to. */
  default UpstreamHost upstreams() {
    return UpstreamHost.NONE;
  }

  /** The lines that {@code lua_capture_error_log} keeps; null where it isn't configured. */
  default @Nullable CapturedLog capturedLog() {
    return null;
  }

  /** Writes to the error log outside of a request. */
  void log(int level, String message);

  /** The level of the error log that {@link #log} writes to, 0–8. */
  int logLevel();

  /**
   * Runs {@code task} in a fiber of its own after {@code delay}; the request that it gets is a fake
   * one without a client, of phase {@code TIMER}.
   *
   * @throws NgxFailure "too many pending timers" and the like
   */
  void timer(Duration delay, TimerTask task);

  /** Why {@link #timer} would refuse a timer of this delay now; null when it wouldn't. */
  @Nullable String timerRefusal(Duration delay);

  /** Timers that wait. */
  int pendingTimers();

  /** Timers that run. */
  int runningTimers();

  /**
   * Connects a TCP cosocket, or takes one from the pool {@code pool}.
   *
   * @param host a name, an IP address, or {@code unix:/path}
   * @param local the address to connect from; null for the system's choice
   * @param poolSize 0 for the default; {@code backlog} -1 for none
   */
  StreamSocket connectTcp(
      String host,
      int port,
      @Nullable InetAddress local,
      String pool,
      int poolSize,
      int backlog,
      Duration timeout);

  /** Opens a UDP cosocket to a peer. */
  DatagramSocket connectUdp(String host, int port);

  /**
   * The addresses of a name, by the configuration's resolver; parks the fiber meanwhile.
   *
   * @throws NgxFailure when there are none
   */
  default List<String> resolve(String name) {
    throw new NgxFailure("no resolver defined to resolve \"" + name + "\"");
  }

  /**
   * The processes that Lua has started.
   *
   * @throws NgxFailure where it may start none
   */
  default Children children() {
    throw new NgxFailure("fork failed: Operation not permitted");
  }

  /**
   * The threads of a {@code thread_pool}, which refuse a task when their queue is full; null when
   * there is none of this name.
   */
  default @Nullable Executor threadPool(String name) {
    return null;
  }

  /** {@code lua_worker_thread_vm_pool_size}. */
  default int threadMachines() {
    return 0;
  }

  /** Default cosocket timeouts: connect, send, read, keepalive; in the configuration in force. */
  SocketDefaults socketDefaults(@Nullable RequestHost request);

  /** Reads certificates and keys. */
  KeyMaterial keyMaterial();

  /** Reads certificates and keys. */
  interface KeyMaterial {
    /** The certificates of a text; fails when there is none. */
    List<X509Certificate> certificates(byte[] text) throws GeneralSecurityException;

    /** The private key of a text; fails when there is none. */
    PrivateKey key(byte[] text) throws GeneralSecurityException;

    /** The private key of a text that may be closed by a password. */
    default PrivateKey key(byte[] text, byte[] password) throws GeneralSecurityException {
      return key(text);
    }

    /** The certificates of DER octets; fails when there is none. */
    List<X509Certificate> derCertificates(byte[] der) throws GeneralSecurityException;

    /** The private key of DER octets; fails when it can't be read. */
    PrivateKey derKey(byte[] der) throws GeneralSecurityException;
  }

  /** A task of a timer. */
  @FunctionalInterface
  interface TimerTask {
    /** Runs in its own fiber; {@code premature} when the worker is ending. */
    void run(boolean premature, RequestHost request);

    /** Where what it runs was defined, as chunk and line. */
    default String definedAt() {
      return "=?:-1";
    }
  }

  /** lua_socket_* settings. */
  record SocketDefaults(
      Duration connect, Duration send, Duration read, Duration keepAlive, int poolSize) {}

  /** A connected UDP socket. */
  interface DatagramSocket {
    /** Sends one datagram made of the pieces. */
    void send(List<byte[]> pieces);

    /** Parks until a datagram is there; throws "timeout". */
    byte[] receive(int max, Duration timeout);

    /** Closes it. */
    void close();
  }
}
