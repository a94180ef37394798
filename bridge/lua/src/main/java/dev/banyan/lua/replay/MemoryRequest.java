package dev.banyan.lua.replay;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.ngx.Taps;
import dev.banyan.lua.ngx.WorkerHost;
import dev.banyan.lua.seam.RecordedState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its loop: a request in memory, without a client. It begins as a recorded one and holds
 * what Lua or a port makes of it.
 */
public final class MemoryRequest implements RequestHost {
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private final WorkerHost worker;
  private final @Nullable Object plan;
  private final Map<String, String> variables;
  private final Headers requestHeaders = new Headers();
  private final Headers responseHeaders = new Headers();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final MemoryBalancer balancer;
  private final String target;
  private final double startTime;
  private final byte @Nullable [] incoming;
  private Phase phase;
  private String method;
  private String uri;
  private String args;
  private byte @Nullable [] body;
  private boolean bodyRead;
  private int status;
  private boolean headersSent;
  private boolean explicitType;
  private byte[] chunk;
  private boolean last;
  private @Nullable Object state;
  private final Taps taps = new Taps();

  /**
   * A request.
   *
   * @param before how it begins; its {@code ctx} is the caller's business
   * @param phase where it is
   * @param incoming the body that is there to be read, or null
   * @param startTime in seconds since the epoch
   * @param plan what the seam pinned for it, or null
   */
  public MemoryRequest(
      RecordedState before,
      Phase phase,
      byte @Nullable [] incoming,
      double startTime,
      WorkerHost worker,
      @Nullable Object plan) {
    this.worker = worker;
    this.plan = plan;
    this.phase = phase;
    this.startTime = startTime;
    variables = new TreeMap<>(before.variables());
    before.requestHeaders().forEach(field -> requestHeaders.add(field.name(), field.value()));
    before.responseHeaders().forEach(field -> responseHeaders.add(field.name(), field.value()));
    balancer = new MemoryBalancer(before.failure(), before.failureStatus());
    method = before.method();
    target = before.target();
    uri = before.uri();
    args = before.args();
    bodyRead = before.body() != null;
    body = before.body() == null ? null : octets(before.body());
    this.incoming = incoming == null ? null : incoming.clone();
    status = before.status();
    headersSent = phase == Phase.BODY_FILTER || phase == Phase.LOG;
    chunk = before.chunk() == null ? new byte[0] : octets(before.chunk());
    last = before.lastChunk();
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Goes on to another phase. */
  public void enter(Phase next) {
    phase = next;
  }

  /** The variables that are no part of the head, by name. */
  public Map<String, String> variables() {
    return Collections.unmodifiableMap(variables);
  }

  /** The answer's body so far, as octets. */
  public String printed() {
    return output.toString(StandardCharsets.ISO_8859_1);
  }

  /** What the balancer's handler chose, in words; empty for nothing. */
  public String chosen() {
    return balancer.chosen();
  }

  @Override
  public Phase phase() {
    return phase;
  }

  @Override
  public WorkerHost worker() {
    return worker;
  }

  @Override
  public Settings settings() {
    return Settings.DEFAULTS;
  }

  @Override
  public @Nullable Object luaState() {
    return state;
  }

  @Override
  public void luaState(@Nullable Object next) {
    state = next;
  }

  @Override
  public @Nullable Object seamPlan() {
    return plan;
  }

  @Override
  public Taps taps() {
    return taps;
  }

  @Override
  public @Nullable String variable(String name) {
    return switch (name) {
      case "uri" -> uri;
      case "args", "query_string" -> args.isEmpty() ? null : args;
      case "is_args" -> args.isEmpty() ? "" : "?";
      case "request_uri" -> target;
      case "request_method" -> method;
      case "status" -> Integer.toString(status);
      default ->
          FieldVariables.isOne(name)
              ? FieldVariables.value(name, requestHeaders, responseHeaders, args)
              : variables.get(name);
    };
  }

  @Override
  public @Nullable String variableRefusal(String name) {
    return variables.containsKey(name) || name.equals("args")
        ? null
        : "variable \"" + name + "\" not found for writing";
  }

  @Override
  public void setVariable(String name, @Nullable String value) {
    String refusal = variableRefusal(name);
    if (refusal != null) {
      throw new NgxFailure(refusal);
    }
    if (name.equals("args")) {
      args = value == null ? "" : value;
    } else {
      variables.put(name, value == null ? "" : value);
    }
  }

  @Override
  public @Nullable String capture(int n) {
    return null;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public void method(String next) {
    method = next;
  }

  @Override
  public String uri() {
    return uri;
  }

  @Override
  public void uri(String next) {
    uri = next;
  }

  @Override
  public String args() {
    return args;
  }

  @Override
  public void args(String next) {
    args = next;
  }

  @Override
  public double httpVersion() {
    return 1.1;
  }

  @Override
  public String rawHead(boolean withRequestLine) {
    throw new NgxFailure("a recording holds no raw head");
  }

  @Override
  public double startTime() {
    return startTime;
  }

  @Override
  public boolean internal() {
    return false;
  }

  @Override
  public boolean subrequest() {
    return false;
  }

  @Override
  public Headers requestHeaders() {
    return requestHeaders;
  }

  @Override
  public void readBody() {
    bodyRead = true;
    body = incoming;
  }

  @Override
  public void discardBody() {
    bodyRead = true;
    body = null;
  }

  @Override
  public byte @Nullable [] bodyData() {
    return body;
  }

  @Override
  public @Nullable String bodyFile() {
    return null;
  }

  @Override
  public boolean bodyRead() {
    return bodyRead;
  }

  @Override
  public void setBody(byte[] bytes) {
    body = bytes;
  }

  @Override
  public void setBodyFile(String path, boolean deleteAfterwards) {
    throw new NgxFailure("a recording holds no files");
  }

  @Override
  public StreamSocket requestSocket(boolean raw) {
    throw new NgxFailure("no body");
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public void status(int next) {
    status = next;
  }

  @Override
  public boolean headersSent() {
    return headersSent;
  }

  @Override
  public Headers responseHeaders() {
    return responseHeaders;
  }

  @Override
  public void defaultContentType() {
    if (!explicitType && !responseHeaders.contains("Content-Type")) {
      responseHeaders.add("Content-Type", "text/plain");
    }
  }

  @Override
  public void explicitField(String name) {
    explicitType |= name.equalsIgnoreCase("Content-Type");
  }

  @Override
  public void sendHeaders() {
    if (!headersSent) {
      defaultContentType();
      headersSent = true;
      status = status == 0 ? 200 : status;
    }
  }

  @Override
  public void print(byte[] piece) {
    taps.printed(piece);
    sendHeaders();
    output.writeBytes(piece);
  }

  @Override
  public void flush(boolean wait) {}

  @Override
  public void eof() {
    sendHeaders();
  }

  @Override
  public boolean eofSent() {
    return false;
  }

  @Override
  public byte[] filterChunk() {
    return chunk;
  }

  @Override
  public void filterChunk(byte[] piece) {
    chunk = piece;
  }

  @Override
  public boolean filterEof() {
    return last;
  }

  @Override
  public void filterEof(boolean eof) {
    last = eof;
  }

  @Override
  public List<Captured> capture(List<Subrequest> requests) {
    throw new NgxFailure("a recording holds no subrequests");
  }

  @Override
  public boolean clientGone() {
    return false;
  }

  @Override
  public void onClientGone(Runnable action) {}

  @Override
  public BalancerHost balancer() {
    return balancer;
  }

  @Override
  public void log(int level, String message) {
    worker.log(level, message);
  }

  @Override
  public @Nullable Duration luaDeadline() {
    return DEADLINE;
  }
}
