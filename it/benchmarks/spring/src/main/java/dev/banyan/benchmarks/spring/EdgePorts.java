package dev.banyan.benchmarks.spring;

import dev.banyan.api.Decision;
import dev.banyan.api.Port;
import dev.banyan.host.BoundFunction;
import dev.banyan.host.BoundHandler;
import dev.banyan.host.BoundPort;
import dev.banyan.host.BoundTarget;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.Capabilities;
import dev.banyan.host.ModuleHost;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * Immutable, for any thread: the ports of the sample legacy in the order in which its nginx.conf
 * and {@code banyan.yaml} call them.
 */
final class EdgePorts {
  private final Capabilities world = new EdgeWorld();
  private final ModuleHost host;
  private final BoundFunction requestUid;
  private final List<BoundHandler> request;
  private final BoundHandler balance;
  private final List<BoundHandler> headers;
  private final BoundHandler body;
  private final BoundHandler log;

  private EdgePorts(Path legacy) {
    host =
        ModuleHost.of(
            ServiceLoader.load(Port.class).stream().map(ServiceLoader.Provider::get).toList());
    mirror("edge.tenant", "load", legacy, "data/tenants.json");
    mirror("edge.firewall", "init", legacy, "data/deny.txt");
    mirror("edge.routing", "load", legacy, "local/origins.json");
    BoundFunction uid = port("edge.util").function("request_uid");
    if (uid == null) {
      throw new IllegalStateException("edge.util has no port of request_uid");
    }
    requestUid = uid;
    request =
        handlers(
            "tenant.rewrite",
            "redirects.rewrite",
            "transform.rewrite",
            "firewall.access",
            "bot.access",
            "rate_limit.access",
            "waf.access",
            "token_auth.access",
            "cache_key.access",
            "routing.access");
    balance = handler("routing.balance");
    headers =
        handlers(
            "transform.header_filter",
            "security_headers.header_filter",
            "body_filter.header_filter");
    body = handler("body_filter.body_filter");
    log = handler("access_log.log");
  }

  /** Those on the class path, with what they read from the files of a copy of the legacy. */
  static EdgePorts load(Path legacy) {
    return new EdgePorts(legacy);
  }

  private void mirror(String module, String function, Path legacy, String file) {
    host.mirror(module, function, List.of(legacy + "/" + file), legacy)
        .ifPresent(reason -> {
          throw new IllegalStateException(module + ": " + reason);
        });
  }

  private BoundPort port(String module) {
    BoundPort port = host.port(module);
    if (port == null) {
      throw new IllegalStateException("no port of " + module + " is on the class path");
    }
    return port;
  }

  private List<BoundHandler> handlers(String... calls) {
    return Stream.of(calls).map(this::handler).toList();
  }

  private BoundHandler handler(String call) {
    int dot = call.indexOf('.');
    BoundHandler handler = port("edge." + call.substring(0, dot)).handler(call.substring(dot + 1));
    if (handler == null) {
      throw new IllegalStateException("no port has the handler edge." + call);
    }
    return handler;
  }

  /** From the request's id to the balancer; the first decision that isn't to go on, or that. */
  Decision.Verdict onRequest(EdgeCall call) {
    if (!(outcome(requestUid, call) instanceof CallOutcome.Answered(Object uid))) {
      throw new IllegalStateException("edge.util.request_uid did not answer");
    }
    call.variable("request_uid", String.valueOf(uid));
    for (BoundHandler handler : request) {
      Decision.Verdict verdict = decide(handler, call);
      if (!(verdict instanceof Decision.Verdict.Next)) {
        return verdict;
      }
    }
    return decide(balance, call);
  }

  /** What becomes of the answer's head. */
  void onHeaders(EdgeCall call) {
    headers.forEach(handler -> decide(handler, call));
  }

  /** What becomes of a piece of the answer's body. */
  void onPiece(EdgeCall call) {
    decide(body, call);
  }

  /** The line of the log. */
  void onEnd(EdgeCall call) {
    decide(log, call);
  }

  private CallOutcome outcome(BoundTarget target, EdgeCall call) {
    return target.answer(call, List.of(), world);
  }

  private Decision.Verdict decide(BoundHandler handler, EdgeCall call) {
    return switch (outcome(handler, call)) {
      case CallOutcome.Decided(Decision decision) -> {
        call.apply(decision);
        yield decision.verdict();
      }
      case CallOutcome.Answered _ ->
          throw new IllegalStateException(handler.name() + " is no handler");
      case CallOutcome.Fallback(String reason, Throwable cause) ->
          throw new IllegalStateException(handler.name() + ": " + reason, cause);
    };
  }
}
