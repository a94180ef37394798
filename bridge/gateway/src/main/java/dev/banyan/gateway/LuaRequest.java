package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.CallNotes;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.ngx.StreamSocket;
import dev.banyan.lua.ngx.Taps;
import dev.banyan.lua.ngx.TlsHost;
import dev.banyan.lua.ngx.VariableBasis;
import dev.banyan.lua.ngx.WorkerHost;
import dev.banyan.nginx.LuaLocationSettings;
import dev.banyan.transport.HttpExchange;
import dev.banyan.transport.TlsFacts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: a request as {@code ngx.*} sees it. */
final class LuaRequest implements RequestHost {
  private final Request r;
  private final Taps taps = new Taps();

  LuaRequest(Request request) {
    this.r = request;
  }

  /** The request behind a host that this gateway made. */
  static Request of(RequestHost host) {
    return ((LuaRequest) host).r;
  }

  @Override
  public Phase phase() {
    return r.phase();
  }

  @Override
  public WorkerHost worker() {
    return r.worker();
  }

  @Override
  public Settings settings() {
    LuaLocationSettings lua = r.location().lua();
    return new Settings(
        lua.transformUnderscoresInResponseHeaders(),
        lua.checkClientAbort(),
        lua.socketLogErrors(),
        r.location().core().clientBodyBufferSize());
  }

  @Override
  public String route() {
    return r.location().written();
  }

  @Override
  public @Nullable Object luaState() {
    return r.luaState();
  }

  @Override
  public void luaState(@Nullable Object state) {
    r.luaState(state);
  }

  @Override
  public @Nullable String variable(String name) {
    var variable = find(name);
    return variable == null ? null : r.variableForLua(variable);
  }

  @Override
  public @Nullable String variable(String name, Consumer<VariableBasis> told) {
    var variable = find(name);
    if (variable == null) {
      told.accept(VariableBasis.ANYTHING);
      return null;
    }
    told.accept(VariableBases.of(r.service().http().variables(), variable));
    return r.variableForLua(variable);
  }

  @Override
  public int settingsMade() {
    return r.cells().changes() + r.client().moves();
  }

  @Override
  public void setVariable(String name, @Nullable String value) {
    var variable = find(name);
    String refusal = ScriptVariables.refusal(name, variable);
    if (variable == null || refusal != null) {
      throw new NgxFailure(String.valueOf(refusal));
    }
    r.set(variable, value);
  }

  @Override
  public @Nullable String variableRefusal(String name) {
    return ScriptVariables.refusal(name, find(name));
  }

  private dev.banyan.nginx.script.@Nullable Variable find(String name) {
    return ScriptVariables.find(r.service().http().variables(), name);
  }

  @Override
  public @Nullable Conversion conversion(String directive) {
    return SetValues.conversion(r, directive);
  }

  @Override
  public boolean acceptsHost(String text) {
    return HostName.parse(text) != null;
  }

  @Override
  public @Nullable String capture(int n) {
    return r.capture(n);
  }

  @Override
  public String method() {
    return r.method();
  }

  @Override
  public void method(String method) {
    r.method(method);
  }

  @Override
  public String uri() {
    return r.uri();
  }

  @Override
  public void uri(String uri) {
    r.uri(uri);
    r.internal(true);
    r.detached();
  }

  @Override
  public String args() {
    return r.args();
  }

  @Override
  public void args(String args) {
    r.giveArgs(UriText.withoutControls(args));
  }

  @Override
  public double httpVersion() {
    return r.client().httpVersion();
  }

  @Override
  public String rawHead(boolean withRequestLine) {
    String head = r.client().exchange().rawHead().replaceFirst("^[\\r\\n]+", "");
    if (withRequestLine) {
      return head;
    }
    int line = head.indexOf('\n');
    return line < 0 ? "" : head.substring(line + 1);
  }

  @Override
  public double startTime() {
    return r.client().startMillis() / 1000.0;
  }

  @Override
  public boolean internal() {
    return r.internal();
  }

  @Override
  public boolean subrequest() {
    return !r.isMain();
  }

  @Override
  public Headers requestHeaders() {
    return r.headers();
  }

  @Override
  public void readBody() {
    r.body().read();
  }

  @Override
  public void discardBody() {
    r.body().discard();
  }

  @Override
  public byte @Nullable [] bodyData() {
    return r.body().memory();
  }

  @Override
  public @Nullable String bodyFile() {
    Path file = r.body().file();
    return file == null ? null : file.toString();
  }

  @Override
  public boolean bodyRead() {
    return r.body().isRead() && !r.body().isMissing();
  }

  @Override
  public void setBody(byte[] body) {
    r.replaceBody(RequestBody.of(r, body));
    r.headers().set("Content-Length", String.valueOf(body.length));
    r.headers().remove("Transfer-Encoding");
  }

  @Override
  public void setBodyFile(String path, boolean deleteAfterwards) {
    Path file = r.service().absolute(path);
    r.replaceBody(RequestBody.of(r, new byte[0]));
    r.body().replace(file, deleteAfterwards);
    r.headers().set("Content-Length", String.valueOf(r.body().length()));
    r.headers().remove("Transfer-Encoding");
  }

  @Override
  public StreamSocket requestSocket(boolean raw) {
    return RequestSocket.open(r, raw);
  }

  @Override
  public int status() {
    return r.response().status();
  }

  @Override
  public void status(int status) {
    r.response().overrideStatus(status);
  }

  @Override
  public boolean headersSent() {
    return r.response().headSent();
  }

  @Override
  public boolean headHeldBack() {
    return LuaOutput.buffers(r) && !r.response().headSent();
  }

  @Override
  public boolean headerOnly() {
    return r.response().headSent() && r.response().headerOnly();
  }

  @Override
  public Headers responseHeaders() {
    return r.response().headers();
  }

  @Override
  public boolean writesItself(String name) {
    return r.response().places().isOwn(name);
  }

  @Override
  public void defaultContentType() {
    if (!r.response().headSent() && r.phase() != Phase.HEADER_FILTER) {
      LuaOutput.defaultContentType(r);
    }
  }

  @Override
  public String defaultType() {
    return LuaOutput.defaultType(r);
  }

  @Override
  public void explicitField(String name) {
    r.response().explicit(name);
  }

  @Override
  public void sendHeaders() {
    LuaOutput.sendHeadNow(r);
  }

  @Override
  public void print(byte[] piece) {
    taps.printed(piece);
    LuaOutput.print(r, piece);
  }

  @Override
  public Taps taps() {
    return taps;
  }

  @Override
  public @Nullable CallNotes callNotes() {
    return r.recorder();
  }

  @Override
  public @Nullable Object seamPlan() {
    return r.seamPlan();
  }

  @Override
  public @Nullable Object trace() {
    return r.main().trace();
  }

  @Override
  public void flush(boolean wait) {
    LuaOutput.flush(r, wait);
  }

  @Override
  public void eof() {
    LuaOutput.end(r);
    if (r.isMain()) {
      r.response().end();
      r.response().sink().flush();
      LuaOutput.awaitSubmitted(r); // whatever Lua does now
    }
  }

  @Override
  public boolean eofSent() {
    return r.response().ended();
  }

  @Override
  public byte[] filterChunk() {
    return r.filterPiece().bytes();
  }

  @Override
  public void filterChunk(byte[] piece) {
    r.filterPiece().bytes(piece);
  }

  @Override
  public boolean filterEof() {
    return r.filterPiece().last();
  }

  @Override
  public void filterEof(boolean eof) {
    r.filterPiece().last(eof);
  }

  @Override
  public List<Captured> capture(List<Subrequest> requests) {
    return Subrequests.capture(r, requests);
  }

  @Override
  public void onClientGone(Runnable action) {
    HttpExchange exchange = r.client().exchange();
    exchange.onClientGone(() -> {
      // nginx's Lua peeks at the socket, and sees no end behind a next request
      if (exchange.clientGone() || !exchange.isFollowed()) {
        action.run();
      }
    });
  }

  @Override
  public TlsHost tls() {
    return new ClientTls(r.client().exchange());
  }

  @Override
  public @Nullable Object handshakeState() {
    TlsFacts facts = r.client().exchange().tls();
    return facts == null ? null : facts.attachment();
  }

  @Override
  public BalancerHost balancer() {
    ProxyRun run = r.upstream().run();
    if (run == null) {
      throw new NgxFailure("no upstream found");
    }
    return run.balancerHost();
  }

  @Override
  public void log(int level, String message) {
    r.log(level, message);
  }

  @Override
  public int logLevel() {
    return ErrorLog.most(r.errorLogs());
  }

  @Override
  public @Nullable Duration luaDeadline() {
    return r.service().options().luaDeadline();
  }
}
