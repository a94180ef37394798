package dev.banyan.server.admin;

import com.sun.net.httpserver.HttpExchange;
import dev.banyan.api.Mode;
import dev.banyan.router.flags.AuditEntry;
import dev.banyan.router.flags.FlagChange;
import dev.banyan.router.flags.Match;
import dev.banyan.router.flags.Share;
import dev.banyan.router.parity.Mismatch;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.ParityBook;
import dev.banyan.server.config.ConfigException;
import dev.banyan.server.figures.History;
import dev.banyan.server.figures.MismatchFigures;
import dev.banyan.server.figures.ParityFigures;
import dev.banyan.server.flags.FlagJson;
import dev.banyan.server.inventory.InventoryTree;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** For any thread: {@code /api/v1}. Every path and its method stands in {@link #handle}. */
final class Api {
  /** The largest body that a call may have. */
  static final int MAX_BODY = 64 * 1024;

  private static final int MAX_LIMIT = 1_000;
  private static final int DEFAULT_LIMIT = 50;
  private static final Pattern MODULE =
      Pattern.compile(
          "/api/v1/modules/([^/]+)"
              + "(/flag|/rollback|/mismatches|/clusters|/classes|/rules|/noise|/lines|/latency|/history|/learn|/vectors"
              + "|/retire)?");

  private static final Pattern PATH =
      Pattern.compile("/api/v1/path(|/mismatches|/clusters|/classes|/rules)");

  private static final Pattern PATH_REPRODUCER =
      Pattern.compile("/api/v1/path/clusters/([0-9a-f]{8})/reproducer");

  private static final Pattern REPRODUCER =
      Pattern.compile("/api/v1/modules/([^/]+)/clusters/([0-9a-f]{8})/reproducer");

  private final ControlRoom room;
  private final Reply reply;
  private final JsonMapper json;
  private final EventStream events;

  Api(ControlRoom room, Reply reply, JsonMapper json, EventStream events) {
    this.room = room;
    this.reply = reply;
    this.json = json;
    this.events = events;
  }

  void handle(HttpExchange exchange, String path) throws IOException {
    Matcher module = MODULE.matcher(path);
    if (module.matches()) {
      handleModule(exchange, module.group(1), module.group(2));
      return;
    }
    Matcher reproducer = REPRODUCER.matcher(path);
    if (reproducer.matches()) {
      ModuleParity page = page(reproducer.group(1));
      reproducer(
          exchange,
          page,
          reproducer.group(2),
          (cluster, vector, differences) ->
              room.reproducers().shrunk(page, cluster, vector, differences));
      return;
    }
    Matcher request = PATH_REPRODUCER.matcher(path);
    if (request.matches()) {
      reproducer(exchange, room.parity().path(), request.group(1), room.pathReproducers()::shrunk);
      return;
    }
    Matcher whole = PATH.matcher(path);
    if (whole.matches()) {
      handlePath(exchange, whole.group(1));
      return;
    }
    switch (path) {
      case "/api/v1/status" -> get(exchange, limit -> room.figures().status());
      case "/api/v1/modules" -> get(exchange, limit -> Map.of("modules", room.figures().modules()));
      case "/api/v1/mismatches" ->
          get(exchange, limit -> mismatches(room.parity().newest(limit), room.parity()));
      case "/api/v1/audit" -> get(exchange, limit -> audit(room.flags().audit(limit)));
      case "/api/v1/progress" -> get(exchange, _ -> room.progress().tree());
      case "/api/v1/inventory" -> get(exchange, _ -> inventory());
      case "/api/v1/inventory/usage" -> usage(exchange);
      case "/api/v1/coverage" -> coverage(exchange);
      case "/api/v1/events" -> {
        require(exchange, "GET");
        events.handle(exchange);
      }
      default -> throw new BadCall(404, "no such path: see docs/admin-api.md");
    }
  }

  private void handleModule(HttpExchange exchange, String name, @Nullable String part)
      throws IOException {
    if ("/learn".equals(part)) {
      learn(exchange, name); // of any module of the legacy, whether it is configured or not
      return;
    }
    if ("/vectors".equals(part)) {
      get(exchange, _ -> new LearnApi(room.learner(), room.usage()).vectors(name));
      return;
    }
    ModuleParity page = page(name);
    switch (part == null ? "" : part) {
      case "" -> get(exchange, limit -> room.figures().module(name));
      case "/mismatches" ->
          get(exchange, limit -> mismatches(page.mismatches(limit), room.parity()));
      case "/clusters" -> get(exchange, limit -> MismatchFigures.clusters(page, limit));
      case "/rules" -> get(exchange, _ -> Map.of("rules", ParityFigures.rules(page)));
      case "/latency" -> get(exchange, _ -> ParityFigures.latency(page));
      case "/lines" -> get(exchange, _ -> room.lines().tree(name));
      case "/noise" -> get(exchange, _ -> MismatchFigures.noise(page));
      case "/classes" -> get(exchange, _ -> ParityFigures.classes(page));
      case "/history" ->
          get(
              exchange,
              limit -> Map.of("columns", History.columns(), "rows", room.history().rows(name)));
      case "/retire" -> get(exchange, _ -> retire(name));
      case "/flag" -> {
        require(exchange, "PUT");
        JsonNode body = body(exchange);
        change(exchange, flagChange(name, body), body.path("version"));
      }
      default -> {
        require(exchange, "POST");
        JsonNode body = body(exchange);
        FlagChange back = FlagChange.rollback(name, text(body, "who"), text(body, "why"));
        change(exchange, back, MissingNode.getInstance());
      }
    }
  }

  private void handlePath(HttpExchange exchange, String part) throws IOException {
    ModuleParity page = room.parity().path();
    switch (part) {
      case "/mismatches" ->
          get(exchange, limit -> mismatches(page.mismatches(limit), room.parity()));
      case "/clusters" -> get(exchange, limit -> MismatchFigures.clusters(page, limit));
      case "/classes" -> get(exchange, _ -> ParityFigures.classes(page));
      case "/rules" -> get(exchange, _ -> Map.of("rules", ParityFigures.rules(page)));
      default -> get(exchange, _ -> room.figures().path());
    }
  }

  private Object retire(String module) {
    return ofLegacy(() -> room.retirement().prove(module).tree());
  }

  private Object inventory() {
    return ofLegacy(() -> InventoryTree.of(room.inventory().get(), Map.of()));
  }

  /** An answer that reads the legacy's text, which may have been broken meanwhile. */
  private static Object ofLegacy(Supplier<Object> answer) {
    try {
      return answer.get();
    } catch (ConfigException e) {
      throw new BadCall(422, "the legacy can't be read: " + e.getMessage());
    }
  }

  private ModuleParity page(String name) {
    ModuleParity page = room.parity().module(name);
    if (page == null) {
      throw new BadCall(404, unknown(name));
    }
    return page;
  }

  private void reproducer(
      HttpExchange exchange, ModuleParity page, String cluster, ReproducerApi.Shrunk shrunk)
      throws IOException {
    ReproducerApi api = new ReproducerApi(shrunk);
    Object tree =
        switch (exchange.getRequestMethod()) {
          case "GET" -> api.show(page, cluster);
          case "PUT" -> api.put(page, cluster, body(exchange));
          default -> {
            exchange.getResponseHeaders().set("Allow", "GET, PUT");
            throw new BadCall(405, "this path is for GET and PUT");
          }
        };
    reply.json(exchange, 200, tree);
  }

  private void learn(HttpExchange exchange, String module) throws IOException {
    LearnApi api = new LearnApi(room.learner(), room.usage());
    Object tree =
        switch (exchange.getRequestMethod()) {
          case "GET" -> api.report(module);
          case "POST" -> api.begin(module, body(exchange));
          case "DELETE" -> api.end(module);
          default -> {
            exchange.getResponseHeaders().set("Allow", "GET, POST, DELETE");
            throw new BadCall(405, "this path is for GET, POST and DELETE");
          }
        };
    reply.json(exchange, 200, tree);
  }

  private void usage(HttpExchange exchange) throws IOException {
    UsageApi api = new UsageApi(room.usage(), room.learner());
    Object tree =
        switch (exchange.getRequestMethod()) {
          case "GET" -> room.usage().tree();
          case "POST" -> {
            JsonNode body = body(exchange);
            yield ofLegacy(() -> api.begin(body));
          }
          default -> {
            exchange.getResponseHeaders().set("Allow", "GET, POST");
            throw new BadCall(405, "this path is for GET and POST");
          }
        };
    reply.json(exchange, 200, tree);
  }

  private void coverage(HttpExchange exchange) throws IOException {
    CoverageApi api = new CoverageApi(room.coverage());
    Object tree =
        switch (exchange.getRequestMethod()) {
          case "PUT" -> api.begin(body(exchange));
          case "POST" -> api.take();
          case "DELETE" -> api.end();
          default -> {
            exchange.getResponseHeaders().set("Allow", "PUT, POST, DELETE");
            throw new BadCall(405, "this path is for PUT, POST and DELETE");
          }
        };
    reply.json(exchange, 200, tree);
  }

  private String unknown(String name) {
    return "module \""
        + name
        + "\" is not listed under \"modules\" of banyan.yaml, which has "
        + room.parity().all().stream().map(ModuleParity::module).toList();
  }

  private void change(HttpExchange exchange, FlagChange change, JsonNode seen) throws IOException {
    if (!seen.isMissingNode() && !seen.canConvertToLong()) {
      throw new BadCall(400, "\"version\" is the flags' version that you have seen, a number");
    }
    AuditEntry entry =
        seen.isMissingNode()
            ? room.flags().change(change)
            : room.flags().change(change, seen.asLong());
    Map<String, Object> tree = new LinkedHashMap<>(FlagJson.write(entry));
    String lag = room.flags().lag();
    if (lag != null) {
      tree.put(
          "warning", lag + ": it is in force, and lost if Banyan ends before the disk takes it");
    }
    reply.json(exchange, 200, tree);
  }

  private static FlagChange flagChange(String module, JsonNode body) {
    BadCall.refuseUnknown(body, List.of("mode", "percent", "match", "who", "why", "version"));
    try {
      Mode mode = Mode.of(text(body, "mode"));
      Share share = body.hasNonNull("percent") ? Share.parse(text(body, "percent")) : null;
      Match match = body.hasNonNull("match") ? FlagJson.readMatch(body.path("match")) : null;
      return new FlagChange(module, mode, share, match, text(body, "who"), text(body, "why"));
    } catch (IllegalArgumentException e) {
      throw new BadCall(422, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> mismatches(List<Mismatch> newest, ParityBook parity) {
    return Map.of(
        "mismatches",
        newest.stream()
            .map(one -> MismatchFigures.mismatch(one, parity.noise(one.module())))
            .toList());
  }

  private static Map<String, Object> audit(List<AuditEntry> newest) {
    return Map.of("audit", newest.stream().map(FlagJson::write).toList());
  }

  private void get(HttpExchange exchange, Function<Integer, @Nullable Object> answer)
      throws IOException {
    require(exchange, "GET");
    Object tree = answer.apply(limit(exchange.getRequestURI().getQuery()));
    reply.json(exchange, 200, tree == null ? Map.of() : tree);
  }

  private static void require(HttpExchange exchange, String method) {
    if (!exchange.getRequestMethod().equals(method)) {
      exchange.getResponseHeaders().set("Allow", method);
      throw new BadCall(405, "this path is for " + method);
    }
  }

  private static int limit(@Nullable String query) {
    if (query == null) {
      return DEFAULT_LIMIT;
    }
    Matcher matcher = Pattern.compile("(?:^|&)limit=(\\d{1,6})(?:&|$)").matcher(query);
    if (!matcher.find()) {
      throw new BadCall(400, "query \"" + query + "\" is not accepted: expected limit=NUMBER");
    }
    return Math.clamp(Integer.parseInt(matcher.group(1)), 1, MAX_LIMIT);
  }

  private JsonNode body(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
    if (bytes.length > MAX_BODY) {
      throw new BadCall(413, "the body is larger than " + MAX_BODY + " bytes");
    }
    try {
      JsonNode tree = json.readTree(bytes);
      if (tree.isObject()) {
        return tree;
      }
    } catch (JacksonException e) {
      throw new BadCall(400, "the body is no JSON: " + e.getOriginalMessage());
    }
    throw new BadCall(400, "the body must be a JSON object");
  }

  private static String text(JsonNode body, String key) {
    JsonNode value = body.path(key);
    if (value.isString() || value.isNumber()) {
      return value.asString();
    }
    throw new BadCall(400, "\"" + key + "\" is missing or no text");
  }
}
