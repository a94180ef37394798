package dev.banyan.lua.ngx;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request that lives in memory: what Lua reads is set by the test, what it writes is kept. */
final class MemoryRequest implements RequestHost {
  private final MemoryWorker worker;
  private final Phase phase;
  final Map<String, String> variables = new HashMap<>();
  final List<String> captures = new ArrayList<>();
  final Headers requestHeaders = new Headers();
  final Headers responseHeaders = new Headers();
  final ByteArrayOutputStream output = new ByteArrayOutputStream();
  final List<Subrequest> subrequests = new ArrayList<>();
  Function<Subrequest, Captured> answer =
      r -> new Captured(200, new Headers(), r.uri().getBytes(StandardCharsets.ISO_8859_1), false);
  Settings settings = Settings.DEFAULTS;
  String method = "GET";
  String uri = "/";
  String args = "";
  byte @Nullable [] incoming;
  byte @Nullable [] body;
  int status;
  boolean headersSent;
  boolean eof;
  boolean explicitType;
  byte[] chunk = {};
  boolean chunkEof;
  @Nullable Runnable abort;
  private boolean bodyRead;
  private @Nullable Object state;

  MemoryRequest(MemoryWorker worker, Phase phase) {
    this.worker = worker;
    this.phase = phase;
  }

  String text() {
    return output.toString(StandardCharsets.ISO_8859_1);
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
    return settings;
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
  public @Nullable String variable(String name) {
    return variables.get(name);
  }

  @Override
  public void setVariable(String name, @Nullable String value) {
    String refusal = variableRefusal(name);
    if (refusal != null) {
      throw new NgxFailure(refusal);
    }
    variables.put(name, value);
  }

  @Override
  public @Nullable String variableRefusal(String name) {
    return variables.containsKey(name) ? null : "variable \"" + name + "\" not found for writing";
  }

  @Override
  public @Nullable String capture(int n) {
    return n < captures.size() ? captures.get(n) : null;
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
    return (withRequestLine ? "GET / HTTP/1.1\r\n" : "") + "Host: a\r\n\r\n";
  }

  @Override
  public double startTime() {
    return 1234567.891;
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
    body = path.getBytes(StandardCharsets.ISO_8859_1);
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
    sendHeaders();
    output.writeBytes(piece);
  }

  @Override
  public void flush(boolean wait) {}

  @Override
  public void eof() {
    sendHeaders();
    eof = true;
  }

  @Override
  public boolean eofSent() {
    return eof;
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
    return chunkEof;
  }

  @Override
  public void filterEof(boolean last) {
    chunkEof = last;
  }

  @Override
  public List<Captured> capture(List<Subrequest> requests) {
    subrequests.addAll(requests);
    return requests.stream().map(answer).toList();
  }

  @Override
  public boolean clientGone() {
    return false;
  }

  @Override
  public void onClientGone(Runnable action) {
    abort = action;
  }

  @Override
  public BalancerHost balancer() {
    throw new NgxFailure("not in the balancer phase");
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
