package dev.banyan.gateway;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.WorkerHost;
import dev.banyan.nginx.LocationConf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one dry run: a request that only ports have changed. Between two handlers it follows
 * what the server did with the live one: each place that changed there becomes what it became
 * there, and each other one stays what the ports have made of it.
 */
final class DryRequest extends ClientlessRequest implements ProxyUri.Source {
  private final DryScope scope;
  private final WorkerHost worker;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private RequestMoment moment;
  private RequestMoment.Uri uri;
  private String method;
  private Headers headers;
  private int status;
  private Headers response;
  private boolean bodyRead;
  private Phase phase = Phase.SERVER_REWRITE;
  private DryBalancer balancer = new DryBalancer(null);
  private boolean printing;
  private boolean headSent;
  private PathSteps.@Nullable Piece piece;
  private @Nullable RequestMoment bodySource;

  /** Begins as the live one did before its first handler. */
  DryRequest(GatewayWorker live, WorkerHost worker, RequestMoment first) {
    super(live, "a dry run");
    this.scope = new DryScope(this, live.service().http().variables(), first.cells().copy());
    this.worker = worker;
    this.moment = first;
    this.uri = first.uri();
    this.method = first.method();
    this.headers = first.headers().copy();
    this.status = first.status();
    this.response = first.response().copy();
    this.bodyRead = first.bodyRead();
  }

  /** What the server did with the live request between two moments happens here too. */
  void follow(RequestMoment from, RequestMoment to) {
    boolean alike = sendsAs(from);
    method = from.method().equals(to.method()) ? method : to.method();
    uri = from.uri().equals(to.uri()) ? uri : to.uri();
    headers = HeadFollowing.of(headers, from.headers(), to.headers());
    response = HeadFollowing.of(response, from.response(), to.response());
    status = from.status() == to.status() ? status : to.status();
    bodyRead |= !from.bodyRead() && to.bodyRead();
    moment = to;
    scope.follow(from.cells(), to.cells(), alike);
  }

  /** The response's head goes out as the live one's does, but for what the ports have changed. */
  void head(RequestMoment from, PathSteps.Headed to) {
    response = HeadFollowing.of(response, from.response(), to.fields());
    status = from.status() == to.status() ? status : to.status();
    headSent = true;
  }

  /** Whether everything from which a request to an origin is made is as in the live one. */
  boolean sendsAs(RequestMoment live) {
    return method.equals(live.method())
        && uri.equals(live.uri())
        && headers.toString().equals(live.headers().toString())
        && scope.same(live.cells());
  }

  /** Goes on to a handler, which reads the body that the live request has when Lua's has ended. */
  void enter(PathSteps.Handled handled, boolean replaced) {
    phase = handled.began().phase();
    balancer = new DryBalancer(handled.began().failure());
    printed.reset();
    printing = false;
    piece = handled.began().piece();
    bodySource = replaced ? null : handled.then();
  }

  /** Where templates read its variables. */
  DryScope scope() {
    return scope;
  }

  /** The live request where this one stands now. */
  RequestMoment live() {
    return moment;
  }

  /** The address that the balancer's ports chose; null for none. */
  @Nullable String peer() {
    return balancer.peer();
  }

  /** What the handler sends as a body, or leaves of a piece, as octets; null for nothing. */
  @Nullable String printed() {
    if (piece != null) {
      return piece.octets();
    }
    return printing ? printed.toString(StandardCharsets.ISO_8859_1) : null;
  }

  // ---- what ports and templates read

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
    return new Settings(
        moment.location().lua().transformUnderscoresInResponseHeaders(),
        false,
        false,
        moment.location().core().clientBodyBufferSize());
  }

  @Override
  public @Nullable String variable(String name) {
    dev.banyan.nginx.script.Variable variable = scope.find(name);
    return variable == null ? null : scope.variable(variable);
  }

  @Override
  public @Nullable String variableRefusal(String name) {
    return ScriptVariables.refusal(name, scope.find(name));
  }

  @Override
  public void setVariable(String name, @Nullable String value) {
    dev.banyan.nginx.script.Variable variable = scope.find(name);
    String refusal = variableRefusal(name);
    if (variable == null || refusal != null) {
      throw new NgxFailure(String.valueOf(refusal));
    }
    scope.set(variable, value);
  }

  @Override
  public double httpVersion() {
    String protocol = variable("server_protocol");
    return protocol == null ? 1.1 : Double.parseDouble(protocol.substring("HTTP/".length()));
  }

  @Override
  public boolean acceptsHost(String text) {
    return HostName.parse(text) != null;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public String uri() {
    return uri.path();
  }

  @Override
  public void uri(String changed) {
    uri =
        new RequestMoment.Uri(
            changed, uri.args(), uri.argsGiven(), false, true, true, uri.escaped());
  }

  @Override
  public String args() {
    return uri.args();
  }

  @Override
  public void args(String args) {
    uri =
        new RequestMoment.Uri(
            uri.path(),
            UriText.withoutControls(args),
            true,
            false,
            uri.detached(),
            uri.internal(),
            uri.escaped());
  }

  boolean argsGiven() {
    return uri.argsGiven();
  }

  @Override
  public boolean asSent() {
    return uri.asSent();
  }

  @Override
  public String sentTarget() {
    return String.valueOf(variable("request_uri"));
  }

  @Override
  public boolean isDetached() {
    return uri.detached();
  }

  @Override
  public boolean internal() {
    return uri.internal();
  }

  @Override
  public boolean escapedUri() {
    return uri.escaped();
  }

  @Override
  public LocationConf location() {
    return moment.location();
  }

  @Override
  public String route() {
    return moment.location().written();
  }

  @Override
  public Headers requestHeaders() {
    return headers;
  }

  @Override
  public boolean bodyRead() {
    return bodyRead;
  }

  /** The live request's own body, when that was read by anybody until the handler had ended. */
  @Override
  public void readBody() {
    body();
    bodyRead = true;
  }

  private byte @Nullable [] body() {
    RequestMoment source = bodySource;
    if (source == null || !source.bodyRead() || source.bodyTooLong()) {
      throw new Unmeasured("a port reads a body that was not kept");
    }
    return source.body();
  }

  @Override
  public byte @Nullable [] bodyData() {
    return bodyRead ? body() : null;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public void status(int value) {
    status = value;
  }

  @Override
  public boolean headersSent() {
    return headSent;
  }

  @Override
  public Headers responseHeaders() {
    return response;
  }

  @Override
  public void defaultContentType() {
    // what the live answer got by default is followed
  }

  @Override
  public void explicitField(String name) {
    // what the live answer got by default is followed
  }

  @Override
  public void print(byte[] octets) {
    printing = true;
    printed.writeBytes(octets);
  }

  @Override
  public byte[] filterChunk() {
    return piece == null ? new byte[0] : Octets.bytes(piece.octets());
  }

  @Override
  public void filterChunk(byte[] octets) {
    PathSteps.Piece passing = piece;
    if (passing != null) {
      piece = new PathSteps.Piece(Octets.string(octets), passing.last());
    }
  }

  @Override
  public boolean filterEof() {
    return piece != null && piece.last();
  }

  @Override
  public BalancerHost balancer() {
    return balancer;
  }

  @Override
  public void log(int level, String message) {
    // a dry run leaves no trace
  }

  @Override
  public int logLevel() {
    return worker.logLevel();
  }
}
