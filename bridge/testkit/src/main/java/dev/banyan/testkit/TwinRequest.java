package dev.banyan.testkit;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.ngx.Taps;
import dev.banyan.lua.ngx.WorkerHost;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its side's loop: a request in memory, built from a {@link TwinCall}; what Lua or a port
 * writes is kept to be compared.
 */
final class TwinRequest implements RequestHost {
  private final TwinWorker worker;
  private final @Nullable Object plan;
  private final Map<String, String> variables;
  private final Headers requestHeaders;
  private final Headers responseHeaders;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final TwinBalancer balancer = new TwinBalancer();
  private final String target;
  private final byte @Nullable [] incoming;
  private String code = "";
  private Phase phase = Phase.REWRITE;
  private String method;
  private String uri;
  private String args;
  private byte @Nullable [] body;
  private boolean bodyRead;
  private int status;
  private boolean headersSent;
  private boolean explicitType;
  private byte[] chunk = {};
  private boolean last;
  private @Nullable Object state;
  private final Taps taps = new Taps();

  TwinRequest(TwinCall call, TwinWorker worker, @Nullable Object plan) {
    this.worker = worker;
    this.plan = plan;
    variables = new TreeMap<>(call.variables);
    requestHeaders = call.requestHeaders.copy();
    responseHeaders = call.responseHeaders.copy();
    method = call.method;
    target = call.target;
    int mark = target.indexOf('?');
    uri = mark < 0 ? target : target.substring(0, mark);
    args = mark < 0 ? "" : target.substring(mark + 1);
    incoming = call.body;
    status = call.status;
  }

  /** Sets the code that the next run loads. */
  void code(String lua) {
    code = lua;
  }

  void enter(Phase next) {
    phase = next;
  }

  TwinBalancer balance() {
    return balancer;
  }

  /** Everything that may differ between two sides, in lines. */
  String text() {
    StringBuilder out = new StringBuilder();
    out.append("request ").append(method).append(' ').append(uri).append(" ? ").append(args);
    requestHeaders.forEach((n, v) -> out.append("\nrequest header ").append(n + ": " + v));
    variables.forEach((n, v) -> out.append("\nvar ").append(n + ": " + v));
    out.append("\nstatus ").append(status);
    responseHeaders.forEach((n, v) -> out.append("\nresponse header ").append(n + ": " + v));
    out.append(balancer.chosen().isEmpty() ? "" : "\nbalancer" + balancer.chosen());
    return out.append("\nbody ").append(output.toString(StandardCharsets.ISO_8859_1)).toString();
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
      case "twin_code" -> code;
      case "uri" -> uri;
      case "args" -> args.isEmpty() ? null : args;
      case "request_uri" -> target;
      case "request_method" -> method;
      case "status" -> Integer.toString(status);
      default -> variables.containsKey(name) ? variables.get(name) : field(name);
    };
  }

  private @Nullable String field(String name) {
    if (name.startsWith("http_")) {
      List<String> values = all(requestHeaders, name.substring(5));
      boolean list = name.equals("http_x_forwarded_for") || name.equals("http_cookie");
      return values.isEmpty()
          ? null
          : list ? String.join(name.endsWith("cookie") ? "; " : ", ", values) : values.getFirst();
    }
    if (name.startsWith("sent_http_")) {
      List<String> values = all(responseHeaders, name.substring(10));
      return values.isEmpty() ? null : String.join(", ", values);
    }
    return name.startsWith("cookie_") ? cookie(name.substring(7)) : null;
  }

  private static List<String> all(Headers headers, String name) {
    return headers.all(name.replace('_', '-'));
  }

  private @Nullable String cookie(String name) {
    for (String line : requestHeaders.all("Cookie")) {
      for (String pair : line.split("; *", -1)) {
        if (pair.toLowerCase(Locale.ROOT).startsWith(name + "=")) {
          return pair.substring(name.length() + 1);
        }
      }
    }
    return null;
  }

  @Override
  public @Nullable String variableRefusal(String name) {
    return variables.containsKey(name) ? null : "variable \"" + name + "\" not found for writing";
  }

  @Override
  public void setVariable(String name, @Nullable String value) {
    String refusal = variableRefusal(name);
    if (refusal != null) {
      throw new NgxFailure(refusal);
    }
    variables.put(name, value == null ? "" : value);
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
    throw new NgxFailure("no raw head in a test of a port");
  }

  @Override
  public double startTime() {
    return 0;
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
    throw new NgxFailure("no files in a test of a port");
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
  public void explicitContentType() {
    explicitType = true;
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
    throw new NgxFailure("no subrequests in a test of a port");
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
    return null;
  }
}
