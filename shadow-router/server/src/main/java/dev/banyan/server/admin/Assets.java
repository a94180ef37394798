package dev.banyan.server.admin;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable, for any thread: the dashboard's files, all from the class path and all listed here.
 */
final class Assets {
  private static final String OWN = "/dev/banyan/server/admin/dashboard/";
  private static final String WEBJARS = "/META-INF/resources/webjars/";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  private static final int TAG_OCTETS = 12;

  private record Asset(String resource, String type) {}

  private static final Map<String, Asset> FILES =
      Map.ofEntries(
          Map.entry("/", new Asset(OWN + "index.html", "text/html; charset=utf-8")),
          own("app.js", SCRIPT),
          own("api.js", SCRIPT),
          own("format.js", SCRIPT),
          own("charts.js", SCRIPT),
          own("classes.js", SCRIPT),
          own("clusters.js", SCRIPT),
          own("diff.js", SCRIPT),
          own("noise.js", SCRIPT),
          own("path.js", SCRIPT),
          own("lines.js", SCRIPT),
          own("histogram.js", SCRIPT),
          own("reproducer.js", SCRIPT),
          own("rules.js", SCRIPT),
          own("module.js", SCRIPT),
          own("dialog.js", SCRIPT),
          own("overview.js", SCRIPT),
          own("progress.js", SCRIPT),
          own("inventory.js", SCRIPT),
          own("retire.js", SCRIPT),
          own("style.css", STYLE),
          own("icon.svg", "image/svg+xml"),
          webjar("preact.js", "preact/10.28.0/dist/preact.module.js", SCRIPT),
          webjar("uplot.js", "uplot/1.6.30/dist/uPlot.esm.js", SCRIPT),
          webjar("uplot.css", "uplot/1.6.30/dist/uPlot.min.css", STYLE));

  private final Reply reply;

  Assets(Reply reply) {
    this.reply = reply;
  }

  void handle(HttpExchange exchange, String path) throws IOException {
    Asset asset = FILES.get(path);
    if (asset == null) {
      throw new BadCall(404, "no such page");
    }
    try (InputStream in = Assets.class.getResourceAsStream(asset.resource())) {
      if (in == null) {
        throw new IOException(asset.resource() + " is missing from the class path");
      }
      byte[] content = in.readAllBytes();
      String tag = tag(content);
      exchange.getResponseHeaders().set("Cache-Control", "no-cache");
      exchange.getResponseHeaders().set("ETag", tag);
      if (has(exchange.getRequestHeaders().getFirst("If-None-Match"), tag)) {
        reply.strict(exchange);
        exchange.sendResponseHeaders(304, -1);
      } else {
        reply.send(exchange, 200, asset.type(), content);
      }
    }
  }

  /** Names the content, so that a browser that has it needs no more than this. */
  private static String tag(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(digest, 0, TAG_OCTETS) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static boolean has(@Nullable String tags, String tag) {
    return tags != null && List.of(tags.split("[ \t,]+")).contains(tag);
  }

  private static Map.Entry<String, Asset> own(String name, String type) {
    return Map.entry("/assets/" + name, new Asset(OWN + name, type));
  }

  private static Map.Entry<String, Asset> webjar(String name, String resource, String type) {
    return Map.entry("/assets/" + name, new Asset(WEBJARS + resource, type));
  }
}
