package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import dev.banyan.gateway.trace.RequestTrace;
import dev.banyan.gateway.trace.Tracing;
import dev.banyan.lua.ngx.NgxMachine;
import dev.banyan.lua.ngx.RequestHost;
import dev.banyan.lua.seam.SeamSwitch;
import dev.banyan.nginx.LocationConf;
import dev.banyan.nginx.LogSettings;
import dev.banyan.nginx.ServerConf;
import dev.banyan.nginx.script.FileTest;
import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.RewriteHost;
import dev.banyan.nginx.script.SetFunction;
import dev.banyan.nginx.script.Variable;
import dev.banyan.nginx.script.Variables;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its worker's loop: the state of one request, a client's (main) one or a subrequest.
 *
 * <p>What nginx keeps in {@code ngx_http_request_t}: where the request is, what it asks for, and
 * its response. The phases are run by {@link PhaseEngine}.
 *
 * <p>Long, and one object, because each request makes one: what is apart in {@link UpstreamStates},
 * {@link Response} and {@link RequestBody} has a life of its own.
 */
final class Request implements RewriteHost, ProxyUri.Source {
  /** How often the URI may change before nginx calls it a cycle. */
  static final int URI_CHANGES = 10;

  /** How many subrequests one client's request may have at a time. */
  static final int SUBREQUESTS = 50;

  private static final @Nullable String[] NO_CAPTURES = new @Nullable String[0];

  private final GatewayWorker worker;
  private final Client client;
  private final @Nullable Request parent;
  private final Response response;
  private final RequestHost luaHost;
  private final @Nullable Object seamPlan;
  private final @Nullable RequestTrace trace;
  private final PathTrace path = new PathTrace();
  private final @Nullable PathRecorder recorder;
  private final Cells cells;
  private final UpstreamStates upstream;
  private Headers headers;
  private RequestBody body;
  private ServerConf server;
  private LocationConf location;

  /** The location whose {@code if} blocks run, while one of them is in force. */
  private @Nullable LocationConf branchedFrom;

  private Phase phase = Phase.SERVER_REWRITE;
  private String method;
  private String uri;
  private String args;
  private boolean uriValid = true;
  private boolean detached;
  private boolean escapedUri;
  private boolean uriFollowsAlias;
  private boolean internal;
  private @Nullable String[] captures = NO_CAPTURES;
  private int changesLeft = URI_CHANGES + 1;
  private int depth = SUBREQUESTS;
  private int accessStatus;
  private boolean errorPageShown;
  private boolean argsGiven;
  private boolean headerFilterRan;
  private boolean answerReplaced;
  private @Nullable Object luaState;
  private @Nullable NgxMachine ownMachine;
  private @Nullable ByteArrayOutputStream luaBuffer;
  private final FilterPiece filterPiece = new FilterPiece();
  private final List<Runnable> atEnd = new ArrayList<>(0);
  private boolean broken;
  private boolean tookOver;
  private String action = "";
  private @Nullable UserId userId;
  private @Nullable ReadVariables read;
  private @Nullable EchoState echo;
  private @Nullable Srcache srcache;
  private @Nullable SsiState ssi;
  private @Nullable String firstMethod;
  private @Nullable String firstUri;
  private boolean countMissed;
  private @Nullable Slices slices;
  private @Nullable String limitRate;
  private @Nullable String limitStatus;
  private @Nullable String connectionLimitStatus;

  /** The request of a client. */
  Request(GatewayWorker worker, Client client, ServerConf server, RequestTarget target) {
    this.worker = worker;
    this.client = client;
    this.parent = null;
    this.server = server;
    this.location = server.root();
    this.method = client.method();
    this.uri = target.uri();
    this.args = target.args();
    this.escapedUri = target.escaped();
    this.headers = client.exchange().requestHeaders();
    this.response = new Response(this, new ExchangeSink(client.exchange()));
    this.body = new RequestBody(this, client.exchange().requestBody());
    this.cells = new Cells(worker.service().http().variables().cells());
    this.upstream = new UpstreamStates();
    this.luaHost = new LuaRequest(this);
    SeamSwitch seam = worker.service().options().seam();
    this.seamPlan = seam == null ? null : seam.pin(worker.begins());
    this.recorder = worker.paths().recorder(this);
    Tracing tracing = worker.service().options().tracing();
    this.trace = tracing == null ? null : tracing.begin(method, headers);
  }

  /** A subrequest. */
  Request(Request parent, SubrequestPlan plan, Sink sink) {
    this.worker = parent.worker;
    this.client = parent.client;
    this.parent = parent;
    this.server = parent.server;
    this.location = parent.server.root();
    this.method = plan.method();
    this.uri = plan.uri();
    this.args = plan.args();
    this.internal = true;
    this.uriValid = false;
    this.depth = parent.depth - 1;
    this.headers = plan.headers();
    this.response = new Response(this, sink);
    this.body = plan.body().of(this, parent.body);
    this.cells = plan.cells();
    this.upstream = new UpstreamStates();
    this.luaHost = new LuaRequest(this);
    this.seamPlan = parent.seamPlan;
    this.recorder = null;
    this.trace = null;
    this.luaState = plan.luaState();
  }

  GatewayWorker worker() {
    return worker;
  }

  Service service() {
    return worker.service();
  }

  /** The client's connection, also of a subrequest. */
  Client client() {
    return client;
  }

  @Nullable Request parent() {
    return parent;
  }

  boolean isMain() {
    return parent == null;
  }

  /** The client's request at the root of this one. */
  Request main() {
    Request request = this;
    while (request.parent != null) {
      request = request.parent;
    }
    return request;
  }

  Response response() {
    return response;
  }

  /** What the seam pinned when the client's request began. */
  @Nullable Object seamPlan() {
    return seamPlan;
  }

  /** What a client's request is traced with; null for one that isn't, and for subrequests. */
  @Nullable RequestTrace trace() {
    return trace;
  }

  /** Why this client's request was in Lua. */
  PathTrace path() {
    return path;
  }

  /** Follows what the old path does with this client's request; null for most requests. */
  @Nullable PathRecorder recorder() {
    return recorder;
  }

  RequestHost luaHost() {
    return luaHost;
  }

  RequestBody body() {
    return body;
  }

  Cells cells() {
    return cells;
  }

  UpstreamStates upstream() {
    return upstream;
  }

  Headers headers() {
    return headers;
  }

  ServerConf server() {
    return server;
  }

  void server(ServerConf chosen) {
    server = chosen;
    location(chosen.root());
  }

  @Override
  public LocationConf location() {
    return location;
  }

  void location(LocationConf next) {
    location = next;
    branchedFrom = null;
    if (read == null && !next.settings().headerRules().isEmpty()) {
      read = new ReadVariables();
    }
  }

  Phase phase() {
    return phase;
  }

  void phase(Phase next) {
    phase = next;
  }

  String method() {
    return method;
  }

  void method(String changed) {
    method = changed;
    if (isMain()) {
      client.exchange().answering(changed);
    }
  }

  /** The method before another one took its place; null where none has. */
  @Nullable String firstMethod() {
    return firstMethod;
  }

  void firstMethod(String original) {
    firstMethod = original;
  }

  @Override
  public String uri() {
    return uri;
  }

  /** Changes the URI, which then differs from what the client sent. */
  void uri(String changed) {
    uri = changed;
    uriValid = false;
  }

  /** Whether the URI stands behind an {@code alias} that otherwise replaces all of it. */
  boolean uriFollowsAlias() {
    return uriFollowsAlias;
  }

  void followAlias() {
    uriFollowsAlias = true;
  }

  @Override
  public String args() {
    return args;
  }

  void args(String changed) {
    args = changed;
    uriValid = false;
  }

  /** Sets arguments that are there even when they are empty, as Lua does; null takes them away. */
  void giveArgs(@Nullable String changed) {
    args(changed == null ? "" : changed);
    argsGiven = changed != null;
  }

  /** Whether empty arguments are the empty text rather than absent. */
  boolean argsGiven() {
    return argsGiven;
  }

  @Override
  public boolean asSent() {
    return uriValid && isMain();
  }

  @Override
  public String sentTarget() {
    return client.target().unparsed();
  }

  @Override
  public boolean internal() {
    return internal;
  }

  void internal(boolean value) {
    internal = value;
  }

  /** Takes one of the allowed changes of the URI; false when none is left. */
  boolean takeChange() {
    changesLeft--;
    return changesLeft > 0;
  }

  boolean changesLeft() {
    return changesLeft > 0;
  }

  /** How deep subrequests of this one may still nest. */
  int depth() {
    return depth;
  }

  /** The status that access handlers refused with under {@code satisfy any}; 0 for none. */
  int accessStatus() {
    return accessStatus;
  }

  void accessStatus(int status) {
    accessStatus = status;
  }

  /** Whether an error page was shown, so that no other one is. */
  boolean errorPageShown() {
    return errorPageShown;
  }

  void showErrorPage() {
    errorPageShown = true;
  }

  /** Whether it ended in a way that closes the client's connection, whichever request it is of. */
  boolean endsAll() {
    return Finalizer.breaks(response.errorStatus());
  }

  boolean headerFilterRan() {
    return headerFilterRan;
  }

  void headerFilterRan(boolean ran) {
    headerFilterRan = ran;
  }

  /** Whether the header filter of this location has replaced the answer, which it does once. */
  boolean answerReplaced() {
    return answerReplaced;
  }

  /** Lets the header filter see the answer that takes the place of the one it exited from. */
  void replaceAnswer() {
    answerReplaced = true;
    headerFilterRan = false;
  }

  /** The machine of this request alone; null where the worker's serves it. */
  @Nullable NgxMachine ownMachine() {
    return ownMachine;
  }

  void ownMachine(NgxMachine machine) {
    ownMachine = machine;
  }

  @Nullable Object luaState() {
    return luaState;
  }

  void luaState(@Nullable Object state) {
    luaState = state;
  }

  /** What Lua's output for an HTTP/1.0 client is held back in; null when nothing is. */
  @Nullable ByteArrayOutputStream luaBuffer() {
    return luaBuffer;
  }

  void luaBuffer(@Nullable ByteArrayOutputStream buffer) {
    luaBuffer = buffer;
  }

  /** What {@code ngx.arg} is in the body filter. */
  FilterPiece filterPiece() {
    return filterPiece;
  }

  /** Lets the client's body go unread, as a handler does that needs none. */
  void discardBody() {
    if (isMain()) {
      body.discard();
    }
  }

  /** Takes another body in place of the present one, whose file is given back. */
  void replaceBody(RequestBody next) {
    if (recorder != null) {
      recorder.replaced(body);
    }
    body.refuse();
    if (isMain()) {
      body.drop();
    }
    body = next;
  }

  /** Runs {@code action} when this request is over. */
  void atEnd(Runnable action) {
    atEnd.add(action);
  }

  /** Gives back what the request holds. */
  void release() {
    atEnd.forEach(Runnable::run);
    atEnd.clear();
    if (isMain()) {
      body.drop();
    }
  }

  /** The client's connection became a raw stream: no response is due any more. */
  void tookOver() {
    broken = true;
    tookOver = true;
  }

  boolean isTookOver() {
    return tookOver;
  }

  /** Marks the response as ended without being complete. */
  void broken() {
    broken = true;
  }

  boolean isBroken() {
    return broken;
  }

  /** Which part of the whole is asked for; null where nothing is sliced. */
  @Nullable Slices slices() {
    return slices;
  }

  void slices(@Nullable Slices now) {
    slices = now;
  }

  /** {@code $limit_rate} as it was set for this request; null when it was not. */
  @Nullable String limitRate() {
    return limitRate;
  }

  void limitRate(@Nullable String rate) {
    limitRate = rate;
  }

  /** {@code $limit_req_status}. */
  @Nullable String limitStatus() {
    return limitStatus;
  }

  void limitStatus(String outcome) {
    limitStatus = outcome;
  }

  /** {@code $limit_conn_status}. */
  @Nullable String connectionLimitStatus() {
    return connectionLimitStatus;
  }

  void connectionLimitStatus(String outcome) {
    connectionLimitStatus = outcome;
  }

  /** What is known of the browser's identifier; null while nobody has asked. */
  @Nullable UserId userId() {
    return userId;
  }

  void userId(UserId known) {
    userId = known;
  }

  /** What the srcache module keeps of this request; null while that is nothing. */
  @Nullable Srcache srcache() {
    return srcache;
  }

  void srcache(Srcache state) {
    srcache = state;
  }

  /** What server-side includes keep of this request. */
  SsiState ssi() {
    SsiState known = ssi;
    if (known == null) {
      known = new SsiState();
      ssi = known;
    }
    return known;
  }

  /** As {@link #ssi()}; null while they keep nothing. */
  @Nullable SsiState ssiOrNull() {
    return ssi;
  }

  /** What the echo module keeps of this request. */
  EchoState echo() {
    EchoState known = echo;
    if (known == null) {
      known = new EchoState(isMain() ? client.startMillis() : worker.nowMillis());
      echo = known;
    }
    return known;
  }

  /** As {@link #echo()}; null while it keeps nothing. */
  @Nullable EchoState echoOrNull() {
    return echo;
  }

  /** What {@code $echo_incr} is now; null for good where it was asked for too early. */
  @Nullable String echoCount() {
    EchoState counter = main().echo;
    countMissed |= counter == null;
    return countMissed || counter == null ? null : String.valueOf(echo().count(counter));
  }

  /** The URI when it was first asked for, whatever it is now; null for none. */
  @Nullable String firstUri() {
    if (firstUri == null && !uri.isEmpty()) {
      firstUri = uri;
    }
    return firstUri;
  }

  /** Forgets what modules keep, as nginx does on an internal redirect. */
  void clearContexts() {
    if (recorder != null) {
      recorder.cleared();
    }
    luaState = null;
    echo = null;
    srcache = null;
    ssi = null;
    firstMethod = null;
    headerFilterRan = false;
    answerReplaced = false;
  }

  /** Whether the client's connection will serve another request. */
  boolean keepsAlive() {
    return client.keepsAlive() && !location.core().keepaliveTimeout().isZero();
  }

  // ---- logging

  /** As in nginx, those of the main request's location for its subrequests too. */
  List<LogSettings.ErrorLog> errorLogs() {
    return service().errorLogs(main().location.settings());
  }

  void log(int level, String message) {
    ProxyRun run = upstream.run();
    log(level, message, run == null ? "" : run.urlOrEmpty());
  }

  /**
   * What is being done, as error log lines end: {@code logging request}; empty for none. A
   * connection has one action: what a subrequest did last stands with its parent's lines too.
   */
  void action(String what) {
    main().action = what;
  }

  /** Writes to the error log; {@code upstream} is where the request was sent to, if anywhere. */
  void log(int level, String message, String upstreamUrl) {
    List<LogSettings.ErrorLog> targets = errorLogs();
    if (ErrorLog.enabled(targets, level)) {
      String now = main().action;
      String doing = now.isEmpty() || message.contains(" while ") ? "" : " while " + now;
      String context = doing + ErrorContext.of(this, upstreamUrl);
      worker.errorLog().write(targets, level, client.exchange().connectionId(), message, context);
    }
  }

  // ---- RewriteHost

  @Override
  public @Nullable String variable(Variable variable) {
    ReadVariables known = read;
    return known == null ? VariableValues.get(this, variable) : known.get(this, variable);
  }

  /** The value for Lua, which finds many variables of fields by their names, and so anew. */
  @Nullable String variableForLua(Variable variable) {
    ReadVariables known = read;
    return known == null || (variable instanceof Variable.Prefixed && !Variables.isFixed(variable))
        ? VariableValues.get(this, variable)
        : known.peek(this, variable);
  }

  @Override
  public void set(Variable variable, @Nullable String value) {
    VariableValues.set(this, variable, value);
  }

  @Override
  public @Nullable String capture(int n) {
    return n < captures.length ? captures[n] : null;
  }

  @Override
  public void captures(@Nullable String[] groups) {
    captures = groups;
  }

  @Override
  public void rewritten(String changedUri, String changedArgs) {
    uri = changedUri;
    args = changedArgs;
    uriValid = false;
    internal = true;
  }

  @Override
  public void detached() {
    detached = true;
  }

  @Override
  public boolean isDetached() {
    return detached;
  }

  /** The URI was changed and its location is looked up again. */
  void attached() {
    detached = false;
  }

  @Override
  public boolean escapedUri() {
    return escapedUri;
  }

  @Override
  public void enterBranch(int branch) {
    LocationConf outer = branchedFrom == null ? location : branchedFrom;
    location = outer.branches().get(branch);
    branchedFrom = outer;
  }

  @Override
  public boolean logsRewrites() {
    return location.core().rewriteLog();
  }

  @Override
  public void logRewrite(String message) {
    log(ErrorLog.NOTICE, message);
  }

  @Override
  public void answering(int status) {
    discardBody();
    response.status(status);
  }

  @Override
  public boolean test(FileTest test, String path) {
    return service().files().test(test, path);
  }

  @Override
  public @Nullable String setByLua(LuaHandler handler, List<String> arguments) {
    return LuaPhases.set(this, handler, arguments);
  }

  @Override
  public @Nullable String compute(SetFunction function, List<String> args) {
    return SetValues.compute(this, function, args);
  }

  @Override
  public @Nullable String mapArray(String array, UnaryOperator<String> change) {
    return ArrayValues.map(this, array, change);
  }
}
