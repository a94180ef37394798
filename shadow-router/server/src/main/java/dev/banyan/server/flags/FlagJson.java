package dev.banyan.server.flags;

import dev.banyan.api.Mode;
import dev.banyan.router.flags.AuditEntry;
import dev.banyan.router.flags.Match;
import dev.banyan.router.flags.ModuleFlag;
import dev.banyan.router.flags.Share;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Flags and audit entries as JSON: the same on disk and in the admin API. */
public final class FlagJson {
  private static final List<String> CONDITIONS = List.of("tenant", "path", "header");

  private FlagJson() {}

  /** A flag as a tree for writing. */
  public static Map<String, Object> write(ModuleFlag flag) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("module", flag.module());
    tree.put("mode", flag.mode().label());
    tree.put("percent", flag.share().percent());
    tree.put("salt", flag.salt());
    tree.put("match", write(flag.match()));
    tree.put("summary", flag.summary());
    return tree;
  }

  /** An audit entry as a tree for writing. */
  public static Map<String, Object> write(AuditEntry entry) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("version", entry.version());
    tree.put("when", entry.when().toString());
    tree.put("who", entry.who());
    tree.put("why", entry.why());
    tree.put("module", entry.to().module());
    tree.put("from", write(entry.from()));
    tree.put("to", write(entry.to()));
    return tree;
  }

  /**
   * The flag of a tree.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static ModuleFlag readFlag(JsonNode tree) {
    return new ModuleFlag(
        tree.path("module").asString(""),
        Mode.of(tree.path("mode").asString("")),
        Share.parse(tree.path("percent").asString("")),
        tree.path("salt").asString(""),
        readMatch(tree.path("match")));
  }

  /**
   * The audit entry of a tree.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static AuditEntry readEntry(JsonNode tree) {
    return new AuditEntry(
        tree.path("version").asLong(0),
        Instant.parse(tree.path("when").asString("")),
        tree.path("who").asString(""),
        tree.path("why").asString(""),
        readFlag(tree.path("from")),
        readFlag(tree.path("to")));
  }

  /**
   * The conditions of a tree.
   *
   * @throws IllegalArgumentException saying what is accepted
   */
  public static Match readMatch(JsonNode tree) {
    if (!isNothing(tree) && !tree.isObject()) {
      throw notMatched("is " + tree);
    }
    for (String key : tree.propertyNames()) {
      if (!CONDITIONS.contains(key)) {
        throw notMatched("has \"" + key + "\"");
      }
    }
    JsonNode header = tree.path("header");
    if (!isNothing(header) && !header.isObject()) {
      throw notMatched("has the header " + header);
    }
    Map<String, String> headers = new TreeMap<>();
    for (Map.Entry<String, JsonNode> one : header.properties()) {
      headers.put(one.getKey(), text(one.getValue()));
    }
    return new Match(texts(tree.path("tenant")), texts(tree.path("path")), headers);
  }

  private static Map<String, Object> write(Match match) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("tenant", match.tenants());
    tree.put("path", match.paths());
    tree.put("header", match.headers());
    return tree;
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(item -> texts.add(text(item)));
    } else if (!isNothing(node)) {
      texts.add(text(node));
    }
    return texts;
  }

  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private static String text(JsonNode node) {
    if (!node.isString()) {
      throw notMatched("has " + node + " for a text");
    }
    return node.asString();
  }

  /** What isn't understood must not become a change for everyone. */
  private static IllegalArgumentException notMatched(String what) {
    return new IllegalArgumentException(
        "\"match\" "
            + what
            + ": expected {\"tenant\": [\"NAME\"], \"path\": [\"/PREFIX\"], \"header\": {\"NAME\":"
            + " \"VALUE\"}}");
  }
}
