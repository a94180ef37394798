package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.ngx.WorkerHost;
import dev.banyan.nginx.LocationSettings;
import dev.banyan.nginx.LogSettings;
import dev.banyan.nginx.LuaLocationSettings;
import dev.banyan.nginx.script.SetFunction;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its worker's loop: what Lua runs for where there is no client's request, so that
 * everything about one fails as the API's own phase checks do.
 */
abstract class ClientlessRequest implements RequestHost {
  private final GatewayWorker worker;
  private final String context;
  private final Headers headers = new Headers();
  private final long startMillis;
  private @Nullable Object luaState;

  /** Runs in the context of what the API's messages call {@code context}. */
  ClientlessRequest(GatewayWorker worker, String context) {
    this.worker = worker;
    this.context = context;
    this.startMillis = worker.nowMillis();
  }

  private NgxFailure disabled() {
    return new NgxFailure("API disabled in the context of " + context);
  }

  /** The number that the error log tells; 0 for none. */
  long connectionId() {
    return 0;
  }

  /** What the error log tells of where a message comes from. */
  String logContext() {
    return ", context: " + context;
  }

  @Override
  public WorkerHost worker() {
    return worker;
  }

  /** The settings that hold: those of the whole configuration. */
  LocationSettings level() {
    return worker.service().http().root();
  }

  @Override
  public Settings settings() {
    LuaLocationSettings lua = level().lua();
    return new Settings(
        lua.transformUnderscoresInResponseHeaders(),
        lua.checkClientAbort(),
        lua.socketLogErrors(),
        level().core().clientBodyBufferSize());
  }

  @Override
  public @Nullable Object luaState() {
    return luaState;
  }

  @Override
  public void luaState(@Nullable Object state) {
    luaState = state;
  }

  @Override
  public @Nullable Conversion conversion(String directive) {
    SetFunction function = SetFunction.find(directive);
    return function == null || !function.isCallable()
        ? null
        : value -> SetValues.alone(function, value);
  }

  @Override
  public @Nullable String variable(String name) {
    throw disabled();
  }

  @Override
  public void setVariable(String name, @Nullable String value) {
    throw disabled();
  }

  @Override
  public @Nullable String variableRefusal(String name) {
    return disabled().getMessage();
  }

  @Override
  public @Nullable String capture(int n) {
    return null;
  }

  @Override
  public String method() {
    throw disabled();
  }

  @Override
  public void method(String method) {
    throw disabled();
  }

  @Override
  public String uri() {
    throw disabled();
  }

  @Override
  public void uri(String uri) {
    throw disabled();
  }

  @Override
  public String args() {
    throw disabled();
  }

  @Override
  public void args(String args) {
    throw disabled();
  }

  @Override
  public double httpVersion() {
    throw disabled();
  }

  @Override
  public String rawHead(boolean withRequestLine) {
    throw disabled();
  }

  @Override
  public double startTime() {
    return startMillis / 1000.0;
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
    return headers;
  }

  @Override
  public void readBody() {
    throw disabled();
  }

  @Override
  public void discardBody() {
    throw disabled();
  }

  @Override
  public byte @Nullable [] bodyData() {
    return null;
  }

  @Override
  public @Nullable String bodyFile() {
    return null;
  }

  @Override
  public boolean bodyRead() {
    return true;
  }

  @Override
  public void setBody(byte[] body) {
    throw disabled();
  }

  @Override
  public void setBodyFile(String path, boolean deleteAfterwards) {
    throw disabled();
  }

  @Override
  public StreamSocket requestSocket(boolean raw) {
    throw disabled();
  }

  @Override
  public int status() {
    return 0;
  }

  @Override
  public void status(int status) {
    throw disabled();
  }

  @Override
  public boolean headersSent() {
    return false;
  }

  @Override
  public Headers responseHeaders() {
    return headers;
  }

  @Override
  public void defaultContentType() {
    throw disabled();
  }

  @Override
  public void explicitField(String name) {
    throw disabled();
  }

  @Override
  public void sendHeaders() {
    throw disabled();
  }

  @Override
  public void print(byte[] piece) {
    throw disabled();
  }

  @Override
  public void flush(boolean wait) {
    throw disabled();
  }

  @Override
  public void eof() {
    throw disabled();
  }

  @Override
  public boolean eofSent() {
    return false;
  }

  @Override
  public byte[] filterChunk() {
    throw disabled();
  }

  @Override
  public void filterChunk(byte[] piece) {
    throw disabled();
  }

  @Override
  public boolean filterEof() {
    return false;
  }

  @Override
  public void filterEof(boolean eof) {
    throw disabled();
  }

  @Override
  public List<Captured> capture(List<Subrequest> requests) {
    throw disabled();
  }

  @Override
  public void onClientGone(Runnable action) {
    // there is no client that could leave
  }

  @Override
  public BalancerHost balancer() {
    throw new NgxFailure("no upstream found");
  }

  @Override
  public void log(int level, String message) {
    log(level, message, logContext());
  }

  @Override
  public int logLevel() {
    return ErrorLog.most(errorLogs());
  }

  /** Writes to the error log, with a context of its own. */
  void log(int level, String message, String where) {
    worker.errorLog().write(errorLogs(), level, connectionId(), message, where);
  }

  private List<LogSettings.ErrorLog> errorLogs() {
    return worker.service().errorLogs(level());
  }

  @Override
  public @Nullable Duration luaDeadline() {
    return worker.service().options().luaDeadline();
  }
}
