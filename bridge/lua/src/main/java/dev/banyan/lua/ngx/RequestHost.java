package dev.banyan.lua.ngx;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its worker's loop: the request that {@code ngx.*} acts on, as the gateway offers it.
 *
 * <p>All strings are octet strings. Calls that wait park the current fiber. Failures that
 * lua-nginx-module reports as {@code nil, err} are thrown as {@link NgxFailure} with its text.
 */
public interface RequestHost {
  /** The phase that runs now; {@link Phase#TIMER} outside of requests. */
  Phase phase();

  /** The worker that runs this request. */
  WorkerHost worker();

  /** The {@code lua_*} settings in force where the request is now. */
  Settings settings();

  /**
   * Room for the Lua side's per-request state ({@code ngx.ctx}). An internal redirect sets it to
   * null, as nginx loses its modules' contexts then.
   */
  @Nullable Object luaState();

  /** Sets the Lua side's per-request state. */
  void luaState(@Nullable Object state);

  /** The client's connection, or null where there is none. */
  default @Nullable TlsHost tls() {
    return null;
  }

  /**
   * The state that Lua left during the connection's handshake, whose {@code ngx.ctx} the request's
   * own inherits from; or null.
   */
  default @Nullable Object handshakeState() {
    return null;
  }

  /** The location as the configuration writes it; empty outside of any. */
  default String route() {
    return "";
  }

  // ---- variables

  /** An nginx variable's value; null when it is not found or not set. */
  @Nullable String variable(String name);

  /** The same; tells what the value follows from. */
  default @Nullable String variable(String name, Consumer<VariableBasis> told) {
    told.accept(VariableBasis.ANYTHING);
    return variable(name);
  }

  /** How often something was set that variables of {@link VariableBasis#SETTINGS} follow from. */
  default int settingsMade() {
    return 0;
  }

  /**
   * Sets a changeable variable; null unsets it.
   *
   * @throws NgxFailure with the whole text when there is none ({@code variable "x" not found for
   *     writing; maybe it is a built-in variable that is not changeable or you forgot to use "set
   *     $x '';" in the config file to define it first}) or it can't be changed ({@code variable "x"
   *     not changeable})
   */
  void setVariable(String name, @Nullable String value);

  /** The text that {@link #setVariable} would fail with, or null when the variable can be set. */
  @Nullable String variableRefusal(String name);

  /** What a directive of another module makes of a value; null for none that makes one of one. */
  default @Nullable Conversion conversion(String directive) {
    return null;
  }

  /** Capture group {@code n} of the last regex match of location, server or rewrite. */
  @Nullable String capture(int n);

  // ---- the request line

  /** The current method, in upper case as sent. */
  String method();

  /** Changes the method. */
  void method(String method);

  /** The current normalised URI, without arguments. */
  String uri();

  /** Sets the URI; the control flow of {@code jump} is the caller's business. */
  void uri(String uri);

  /** The current raw argument string, empty for none. */
  String args();

  /** Sets the raw argument string. */
  void args(String args);

  /** 0.9, 1.0, 1.1 or 2.0. */
  double httpVersion();

  /** The head as received, with or without the request line. */
  String rawHead(boolean withRequestLine);

  /** Seconds since the epoch, with milliseconds, when the request began. */
  double startTime();

  /** Whether the current location was reached by an internal redirect or is a subrequest. */
  boolean internal();

  /** Whether this is a subrequest of {@code ngx.location.capture}. */
  boolean subrequest();

  /** The request's headers; changes are seen by everything that reads them later. */
  Headers requestHeaders();

  /** Whether a text may become the request's host. */
  default boolean acceptsHost(String text) {
    return true;
  }

  // ---- the request body

  /** Reads the whole body into memory or a temporary file (client_body_buffer_size). */
  void readBody();

  /** Discards the body. */
  void discardBody();

  /** The body in memory; null when it was not read, is empty or lies in a file. */
  byte @Nullable [] bodyData();

  /** The body's temporary file; null when it is in memory or was not read. */
  @Nullable String bodyFile();

  /** Whether the body was read (or set) already. */
  boolean bodyRead();

  /** Replaces the body by bytes. */
  void setBody(byte[] body);

  /** Replaces the body by a file's content. */
  void setBodyFile(String path, boolean deleteAfterwards);

  /**
   * The client's connection as a cosocket.
   *
   * @param raw whether to take the whole connection over, response included
   */
  StreamSocket requestSocket(boolean raw);

  // ---- the response

  /** The response's status; 0 while none is set. */
  int status();

  /** Sets the response's status. */
  void status(int status);

  /** Whether the head was sent. */
  boolean headersSent();

  /** Whether the head is held back, with what was printed, until the body's length is known. */
  default boolean headHeldBack() {
    return false;
  }

  /** Whether no body goes out behind the head that was sent. */
  default boolean headerOnly() {
    return false;
  }

  /** The response's headers. Content-Type, Content-Length etc. are plain fields here. */
  Headers responseHeaders();

  /** Whether the server writes this field of the response itself, beside those that it lists. */
  default boolean writesItself(String name) {
    return name.equalsIgnoreCase("Content-Type");
  }

  /**
   * Applies default_type when no Content-Type is set, none was set before and {@code
   * lua_use_default_type} is on.
   */
  void defaultContentType();

  /** The Content-Type that an answer has which sets and clears none; empty for none. */
  default String defaultType() {
    return "";
  }

  /**
   * Told before Lua sets or clears Content-Type or Server, after which no default is applied any
   * more; before it sets Content-Length or Last-Modified, which then are listed like other fields;
   * and when it clears Expires or Cache-Control, which {@code expires} then doesn't bring back.
   *
   * @param name the field's name in any case
   */
  void explicitField(String name);

  /** Sends the head through the header filters. */
  void sendHeaders();

  /**
   * Sends a piece of the body through the filters, the head first if need be.
   *
   * @throws NgxFailure "nginx output filter error"; "header only" once the head of an answer
   *     without a body (to HEAD, 204, 304) was sent
   */
  void print(byte[] piece);

  /**
   * Flushes; with {@code wait} parks until the client's socket took everything.
   *
   * @throws NgxFailure "header only", "buffering", "timeout", "client aborted"
   */
  void flush(boolean wait);

  /** Ends the response body. */
  void eof();

  /** Whether {@link #eof()} was called or the response has otherwise ended. */
  boolean eofSent();

  // ---- body filter

  /** The piece that the body filter sees, as {@code ngx.arg[1]}. */
  byte[] filterChunk();

  /** Replaces the piece. */
  void filterChunk(byte[] piece);

  /** Whether this piece is the last, as {@code ngx.arg[2]}. */
  boolean filterEof();

  /** Marks the piece as the last or not the last. */
  void filterEof(boolean eof);

  // ---- subrequests and control

  /** Runs subrequests at the same time and parks until all have answered, in order. */
  List<Captured> capture(List<Subrequest> requests);

  /** Calls {@code action} once on the loop when the client closes early. */
  void onClientGone(Runnable action);

  /** Which peer the balancer phase chose; only in {@link Phase#BALANCER}. */
  BalancerHost balancer();

  /** Writes to the error log, at an nginx level (0–8, {@code ngx.ERR} = 4), with request facts. */
  void log(int level, String message);

  /** The level of the error log that {@link #log} writes to, 0–8. */
  default int logLevel() {
    return worker().logLevel();
  }

  /** What the seam pinned for this request at its start; null where no port is installed. */
  default @Nullable Object seamPlan() {
    return null;
  }

  /** What the gateway traces this request with; null for one that isn't traced. */
  default @Nullable Object trace() {
    return null;
  }

  /** Who listens to what is printed; null for a host without ports, which is never shadowed. */
  default @Nullable Taps taps() {
    return null;
  }

  /** Who notes the calls of this request's handlers; null for most requests. */
  default @Nullable CallNotes callNotes() {
    return null;
  }

  /** Deadline for one entry into Lua, null for none. */
  @Nullable Duration luaDeadline();

  /**
   * One subrequest of {@code ngx.location.capture}.
   *
   * @param method upper-case method
   * @param uri the location's URI
   * @param args raw arguments or null to have none
   * @param body null to inherit nothing; the parent's body is passed by the caller if wanted
   * @param alwaysForwardBody {@code always_forward_body}
   * @param vars variables to set in the subrequest, or null
   * @param copyAllVars {@code copy_all_vars}
   * @param shareAllVars {@code share_all_vars}
   * @param luaState the ctx state that the subrequest starts with, or null
   */
  record Subrequest(
      String method,
      String uri,
      @Nullable String args,
      byte @Nullable [] body,
      boolean alwaysForwardBody,
      @Nullable List<Variable> vars,
      boolean copyAllVars,
      boolean shareAllVars,
      @Nullable Object luaState) {}

  /**
   * The {@code lua_*} settings of a location.
   *
   * @param transformUnderscores {@code lua_transform_underscores_in_response_headers}
   * @param checkClientAbort {@code lua_check_client_abort}
   * @param socketLogErrors {@code lua_socket_log_errors}
   * @param bodyBuffer {@code client_body_buffer_size}
   */
  record Settings(
      boolean transformUnderscores,
      boolean checkClientAbort,
      boolean socketLogErrors,
      long bodyBuffer) {
    /** nginx's defaults. */
    public static final Settings DEFAULTS = new Settings(true, false, true, 8 << 10);
  }

  /** A name and value of {@link Subrequest#vars}. */
  record Variable(String name, String value) {}

  /** What a subrequest answered. */
  record Captured(int status, Headers headers, byte[] body, boolean truncated) {}

  /** The balancer phase's choice. */
  interface BalancerHost {
    /**
     * Chooses the peer.
     *
     * @throws NgxFailure "no host allowed", "invalid port"
     */
    void currentPeer(String host, int port);

    /**
     * Fails where {@link #currentPeer} would, and chooses nothing.
     *
     * @throws NgxFailure as {@link #currentPeer}
     */
    void checkPeer(String host, int port);

    /** Allows more tries; answers how many are allowed, which may be fewer. */
    int moreTries(int count);

    /** Timeouts of the current try; null keeps the configured one. */
    void timeouts(@Nullable Duration connect, @Nullable Duration send, @Nullable Duration read);

    /** State of the last try: null at the first, else "next" or "failed". */
    @Nullable String lastFailure();

    /** Status that the last try failed with, 0 at the first. */
    int lastFailureStatus();

    /** Makes the next try send a changed request. */
    void recreateRequest();

    /** Names the server of this try for a handshake; null for the configured name. */
    default void peerName(@Nullable String name) {}

    /**
     * Connects from an address, which may be followed by a port.
     *
     * @throws NgxFailure when it is none
     */
    default void bind(String address) {}

    /** Secures the connection of this and the next tries, or doesn't. */
    default void secure(boolean on) {}

    /**
     * Keeps the connection of this try alive.
     *
     * @param idle how long it may wait for a request; null for as long as its peer lets it
     * @param maxRequests how many requests it may carry
     */
    void keepAlive(@Nullable Duration idle, int maxRequests);
  }

  /** Makes one value of another one. */
  @FunctionalInterface
  interface Conversion {
    /** The other value; null where it fails. */
    @Nullable String of(String value);
  }
}
