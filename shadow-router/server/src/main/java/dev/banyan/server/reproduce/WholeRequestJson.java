package dev.banyan.server.reproduce;

import dev.banyan.api.Headers;
import dev.banyan.api.Journal.Entry.DictCall;
import dev.banyan.gateway.path.WholeRequest;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whole requests as trees, in the terms of vectors as far as both have the same. */
final class WholeRequestJson {
  /** Fields that say how a body was sent, which whoever sends it again does anew. */
  private static final Set<String> FRAMING =
      Set.of("connection", "content-length", "keep-alive", "transfer-encoding");

  /** Of an origin's answer: its body is told decoded, or is not told. */
  private static final String ENCODING = "content-encoding";

  private WholeRequestJson() {}

  static Map<String, @Nullable Object> write(WholeRequest whole) {
    Map<String, @Nullable Object> request = new LinkedHashMap<>();
    request.put("method", whole.method());
    request.put("target", whole.target());
    request.put("headers", headers(whole.headers(), false));
    byte[] body = whole.body();
    if (body != null && body.length > 0) {
      request.put("body", new String(body, StandardCharsets.ISO_8859_1));
    }
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("request", request);
    WholeRequest.OriginAnswer answer = whole.answer();
    if (answer != null) {
      tree.put("origin", origin(answer));
    }
    tree.put("world", world(whole));
    return tree;
  }

  private static Map<String, @Nullable Object> origin(WholeRequest.OriginAnswer answer) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("status", answer.status());
    tree.put("headers", headers(answer.headers(), true));
    if (!answer.pieces().isEmpty()) {
      tree.put("body", String.join("", answer.pieces()));
    }
    return tree;
  }

  private static Map<String, @Nullable Object> world(WholeRequest whole) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("millis", whole.world().millis());
    tree.put("client", address(whole.listener().client()));
    tree.put("server", address(whole.listener().server()));
    tree.put("tls", whole.listener().tls());
    tree.put("entries", whole.world().dicts().stream().map(WholeRequestJson::entry).toList());
    return tree;
  }

  private static Map<String, @Nullable Object> entry(DictCall call) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("dict", call.dict());
    tree.put("operation", call.operation());
    tree.put("key", call.key());
    tree.put("arguments", call.arguments().stream().map(WholeRequestJson::plain).toList());
    tree.put("answer", plain(call.answer()));
    return tree;
  }

  /** A dict's values are octets, numbers and booleans. */
  private static @Nullable Object plain(@Nullable Object value) {
    return value instanceof byte[] octets ? new String(octets, StandardCharsets.ISO_8859_1) : value;
  }

  private static List<List<String>> headers(Headers headers, boolean ofAnswer) {
    List<List<String>> pairs = new ArrayList<>();
    headers.forEach((name, value) -> {
      String key = name.toLowerCase(Locale.ROOT);
      if (!FRAMING.contains(key) && !(ofAnswer && key.equals(ENCODING))) {
        pairs.add(List.of(name, value));
      }
    });
    return pairs;
  }

  private static String address(InetSocketAddress address) {
    return address.getAddress() == null
        ? "unix:"
        : address.getAddress().getHostAddress() + " " + address.getPort();
  }

  /** What of a request can't be told. */
  static List<String> missing(WholeRequest whole) {
    List<String> missing = new ArrayList<>();
    boolean announced =
        whole.headers().contains("Content-Length") || whole.headers().contains("Transfer-Encoding");
    if (announced && whole.body() == null) {
      missing.add("request.body, which was not kept in memory");
    }
    WholeRequest.OriginAnswer answer = whole.answer();
    if (answer != null && answer.pieces().isEmpty()) {
      missing.add("origin.body, which no filter saw");
    }
    if (whole.world().sockets()) {
      missing.add("what came over sockets of Lua's");
    }
    return missing;
  }
}
