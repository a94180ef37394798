package dev.banyan.lua.replay;

import dev.banyan.api.Phase;
import dev.banyan.lua.ngx.HeldRequest;
import dev.banyan.lua.ngx.NgxFailure;
import dev.banyan.lua.ngx.Taps;
import dev.banyan.lua.ngx.WorkerHost;
import dev.banyan.lua.seam.RecordedState;
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
public final class MemoryRequest extends HeldRequest {
  private static final Duration DEADLINE = Duration.ofSeconds(3);

  private final WorkerHost worker;
  private final @Nullable Object plan;
  private final Map<String, String> variables;
  private final MemoryBalancer balancer;
  private final String target;
  private final double startTime;
  private Phase phase;
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
    before.requestHeaders().forEach(field -> requestHeaders().add(field.name(), field.value()));
    before.responseHeaders().forEach(field -> responseHeaders().add(field.name(), field.value()));
    balancer = new MemoryBalancer(before.failure(), before.failureStatus());
    target = before.target();
    method(before.method());
    uri(before.uri());
    args(before.args());
    if (before.body() != null) {
      incoming(octets(before.body()));
      readBody();
    }
    incoming(incoming == null ? null : incoming.clone());
    status(before.status());
    if (phase == Phase.BODY_FILTER || phase == Phase.LOG) {
      beginsAnswered();
    }
    filterChunk(before.chunk() == null ? new byte[0] : octets(before.chunk()));
    filterEof(before.lastChunk());
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
  public void print(byte[] piece) {
    taps.printed(piece);
    super.print(piece);
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
      case "uri" -> uri();
      case "args", "query_string" -> args().isEmpty() ? null : args();
      case "is_args" -> args().isEmpty() ? "" : "?";
      case "request_uri" -> target;
      case "request_method" -> method();
      case "status" -> Integer.toString(status());
      default ->
          FieldVariables.isOne(name)
              ? FieldVariables.value(name, requestHeaders(), responseHeaders(), args())
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
      args(value == null ? "" : value);
    } else {
      variables.put(name, value == null ? "" : value);
    }
  }

  @Override
  public @Nullable String capture(int n) {
    return null;
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
  public void setBodyFile(String path, boolean deleteAfterwards) {
    throw new NgxFailure("a recording holds no files");
  }

  @Override
  public List<Captured> capture(List<Subrequest> requests) {
    throw new NgxFailure("a recording holds no subrequests");
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
