package dev.banyan.benchmarks.edge;

import dev.banyan.api.Decision;
import dev.banyan.api.OctetBuffer;
import dev.banyan.api.Port;
import dev.banyan.host.BoundFunction;
import dev.banyan.host.BoundHandler;
import dev.banyan.host.BoundPort;
import dev.banyan.host.CallOutcome;
import dev.banyan.host.Capabilities;
import dev.banyan.host.ModuleHost;
import dev.banyan.modules.util.Util;
import dev.banyan.testkit.PortTester;
import dev.banyan.testkit.TestWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one thread: the ports' handlers in the order of {@link EdgePipeline}, bound, extracted
 * and applied as the module host does, for each request of the same mix and without Lua.
 */
public final class PortPipeline {
  private static final Duration STEP = Duration.ofMillis(1);

  private final TestWorld world =
      PortTester.of(new Util(), Instant.ofEpochMilli(1_000_000)).world();
  private final ModuleHost host;
  private final BoundFunction uid;
  private final List<BoundHandler> before;
  private final List<BoundHandler> headerFilters;
  private final BoundHandler bodyFilter;
  private final BoundHandler log;
  private final List<PortExchange> mix = new ArrayList<>();
  private final List<List<byte[]>> pieces = new ArrayList<>();

  private PortPipeline(Path legacy) {
    host = ModuleHost.of(ServiceLoader.load(Port.class).stream().map(p -> p.get()).toList());
    mirror("edge.tenant", "load", legacy, "data/tenants.json");
    mirror("edge.firewall", "init", legacy, "data/deny.txt");
    mirror("edge.routing", "load", legacy, "local/origins.json");
    uid = function("edge.util", "request_uid");
    before =
        Stream.of(
                "tenant.rewrite redirects.rewrite transform.rewrite firewall.access bot.access"
                    .split(" "),
                "rate_limit.access waf.access token_auth.access cache_key.access routing.access"
                    .split(" "),
                new String[] {"routing.balance"})
            .flatMap(Stream::of)
            .map(this::handler)
            .toList();
    headerFilters =
        Stream.of(
                "transform.header_filter",
                "security_headers.header_filter",
                "body_filter.header_filter")
            .map(this::handler)
            .toList();
    bodyFilter = handler("body_filter.body_filter");
    log = handler("access_log.log");
    IdentityHashMap<Object, Object> lasting = PortExchange.noTables();
    for (EdgeRequest request : RequestMix.requests(token())) {
      mix.add(new PortExchange(request, lasting));
      pieces.add(request.pieces().stream().map(PortExchange::octets).toList());
    }
  }

  /** The pipeline of all ports on the class path. */
  public static PortPipeline open(Path legacy) {
    return new PortPipeline(legacy);
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
      throw new IllegalStateException("no port of " + module);
    }
    return port;
  }

  private BoundHandler handler(String call) {
    int dot = call.indexOf('.');
    BoundHandler handler = port("edge." + call.substring(0, dot)).handler(call.substring(dot + 1));
    if (handler == null) {
      throw new IllegalStateException("no handler " + call);
    }
    return handler;
  }

  private String token() {
    List<@Nullable Object> arguments =
        List.of("ann", 2_000_000_000d, "read+write", "s3cret-t001-9e3779b1");
    return (String) results(function("edge.token_auth", "sign"), mixless(), arguments).getFirst();
  }

  private static PortExchange mixless() {
    EdgeRequest none = new EdgeRequest("", "", "", "", Map.of(), "", Map.of(), List.of());
    return new PortExchange(none, PortExchange.noTables());
  }

  private BoundFunction function(String module, String name) {
    BoundFunction function = port(module).function(name);
    if (function == null) {
      throw new IllegalStateException("no function " + module + "." + name);
    }
    return function;
  }

  private List<@Nullable Object> results(
      BoundFunction function, PortExchange exchange, List<@Nullable Object> arguments) {
    if (function.answer(exchange, arguments, world) instanceof CallOutcome.Answered answered) {
      return answered.results().values();
    }
    throw new IllegalStateException(function.name() + " did not answer");
  }

  /** Handles all requests of the mix; answers the last log line. */
  public OctetBuffer run() {
    for (int i = 0; i < mix.size(); i++) {
      handle(mix.get(i), pieces.get(i));
    }
    world.forget();
    return mix.getLast().line();
  }

  /** The log line of each request. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < mix.size(); i++) {
      handle(mix.get(i), pieces.get(i));
      lines.add(mix.get(i).line().toString());
    }
    return lines;
  }

  private void handle(PortExchange exchange, List<byte[]> sent) {
    world.pass(STEP);
    exchange.begin();
    exchange.variable("request_uid", (String) results(uid, exchange, List.of()).getFirst());
    int status = 200;
    for (int i = 0; i < before.size() && status == 200; i++) {
      Decision decision = call(before.get(i), exchange);
      if (decision.verdict() instanceof Decision.Verdict.InternalRedirect) {
        break;
      }
      status = status(decision);
    }
    exchange.answer(status);
    headerFilters.forEach(filter -> call(filter, exchange));
    for (int i = 0; status == 200 && i < sent.size(); i++) {
      exchange.piece(sent.get(i), i == sent.size() - 1);
      call(bodyFilter, exchange);
    }
    call(log, exchange);
  }

  private static int status(Decision decision) {
    return switch (decision.verdict()) {
      case Decision.Verdict.Next _, Decision.Verdict.InternalRedirect _ -> 200;
      case Decision.Verdict.Respond(var status, _) -> status;
      case Decision.Verdict.Redirect(_, var status) -> status;
      case Decision.Verdict.Decline(var reason) -> throw new IllegalStateException(reason);
    };
  }

  private Decision call(BoundHandler handler, PortExchange exchange) {
    Capabilities capabilities = world;
    CallOutcome outcome = handler.answer(exchange, List.of(), capabilities);
    if (outcome instanceof CallOutcome.Decided(var decision)) {
      exchange.apply(decision);
      return decision;
    }
    throw new IllegalStateException(handler.name() + ": " + outcome);
  }
}
