package dev.banyan.lua.ngx;

import dev.banyan.api.Headers;
import dev.banyan.api.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request that lives in memory: what Lua reads is set by the test, what it writes is kept. */
final class MemoryRequest extends HeldRequest {
  private final MemoryWorker worker;
  private final Phase phase;
  final Map<String, String> variables = new HashMap<>();
  final List<String> captures = new ArrayList<>();
  final List<Subrequest> subrequests = new ArrayList<>();
  Function<Subrequest, Captured> answer =
      r -> new Captured(200, new Headers(), r.uri().getBytes(StandardCharsets.ISO_8859_1), false);
  Settings settings = Settings.DEFAULTS;
  @Nullable Runnable abort;

  MemoryRequest(MemoryWorker worker, Phase phase) {
    this.worker = worker;
    this.phase = phase;
  }

  /** The body that {@code ngx.req.read_body()} finds. */
  void comes(String body) {
    incoming(body.getBytes(StandardCharsets.ISO_8859_1));
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
  public String rawHead(boolean withRequestLine) {
    return (withRequestLine ? "GET / HTTP/1.1\r\n" : "") + "Host: a\r\n\r\n";
  }

  @Override
  public double startTime() {
    return 1234567.891;
  }

  @Override
  public void setBodyFile(String path, boolean deleteAfterwards) {
    setBody(path.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public List<Captured> capture(List<Subrequest> requests) {
    subrequests.addAll(requests);
    return requests.stream().map(answer).toList();
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
