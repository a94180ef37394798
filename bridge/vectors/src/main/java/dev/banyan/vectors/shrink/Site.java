package dev.banyan.vectors.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Not thread-safe: a place in an input's tree that can be changed.
 *
 * @param path its names, with {@code *} for a position in a list
 * @param parent an object or a list
 * @param name of the field, or null in a list
 * @param index in the list
 */
public record Site(String path, JsonNode parent, @Nullable String name, int index) {
  private static final List<String> PARTS = List.of("arguments", "request", "world");

  /** What is the same for any call of a function, or follows from other places. */
  private static final Set<String> FIXED =
      Set.of(
          "request.target",
          "request.lastChunk",
          "request.failure",
          "request.failureStatus",
          "request.variables.host",
          "request.variables.scheme",
          "request.variables.server_port");

  private static final Set<String> STRUCTURE =
      Set.of(
          "request.headers",
          "request.headers.*",
          "request.responseHeaders",
          "request.responseHeaders.*",
          "request.variables",
          "request.ctx",
          "request.method",
          "request.status",
          "world.entries",
          "world.entries.*",
          "world.millis");

  /** The leaves of an input: values that are no lists and no objects. */
  public static List<Site> leaves(ObjectNode tree) {
    List<Site> sites = new ArrayList<>();
    PARTS.forEach(part -> collect(part, tree.path(part), sites));
    return sites;
  }

  /**
   * The values of an input, lists and objects among them, and the module's own fields: the outer
   * ones before what is in them.
   */
  public static List<Site> values(ObjectNode tree) {
    List<Site> sites = new ArrayList<>();
    PARTS.forEach(part -> all(part, tree.path(part), sites));
    all("fields", tree.path("fields"), sites);
    return sites;
  }

  private static void all(String path, JsonNode node, List<Site> to) {
    List<Site> own = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(one -> own.add(new Site(path + "." + one.getKey(), object, one.getKey(), -1)));
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        own.add(new Site(path + ".*", list, null, i));
      }
    }
    for (Site site : own) {
      if (!FIXED.contains(site.path) && !isStructure(site) && !isWorldsQuestion(site)) {
        to.add(site);
      }
      all(site.path, site.value(), to);
    }
  }

  /** What a call has to have to be one. */
  private static boolean isStructure(Site site) {
    boolean inEntry =
        site.path.startsWith("world.entries.*")
            && site.value().isContainer()
            && !site.path.equals("world.entries.*.answer");
    return inEntry || STRUCTURE.contains(site.path);
  }

  /** Fields and items that are so deep below a node: at 1, those of its fields and items. */
  static List<Site> inner(JsonNode node, int depth) {
    List<Site> sites = new ArrayList<>();
    for (JsonNode child : node) {
      if (depth > 1) {
        sites.addAll(inner(child, depth - 1));
      } else if (child instanceof ObjectNode object) {
        object.properties().forEach(one -> sites.add(new Site("", object, one.getKey(), -1)));
      } else if (child instanceof ArrayNode list) {
        for (int i = 0; i < list.size(); i++) {
          sites.add(new Site("", list, null, i));
        }
      }
    }
    return sites;
  }

  private static void collect(String path, JsonNode node, List<Site> to) {
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> one : object.properties()) {
        add(new Site(path + "." + one.getKey(), object, one.getKey(), -1), one.getValue(), to);
      }
    } else if (node instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        add(new Site(path + ".*", list, null, i), list.path(i), to);
      }
    }
  }

  private static void add(Site site, JsonNode value, List<Site> to) {
    if (value.isContainer()) {
      collect(site.path, value, to);
    } else if (!FIXED.contains(site.path) && !isWorldsQuestion(site)) {
      to.add(site);
    }
  }

  /** Of the world's entries only answers are inputs. */
  private static boolean isWorldsQuestion(Site site) {
    return site.path.startsWith("world.entries.")
        && !Set.of("world.entries.*.answer", "world.entries.*.draw").contains(site.path);
  }

  /** What is there. */
  public JsonNode value() {
    return name == null ? parent.path(index) : parent.path(name);
  }

  /** Puts something else there. */
  public void set(JsonNode value) {
    if (name != null) {
      ((ObjectNode) parent).set(name, value);
    } else {
      ((ArrayNode) parent).set(index, value);
    }
  }

  /** Takes it away: a field becomes none, an item leaves the list. */
  public void remove() {
    if (name != null) {
      ((ObjectNode) parent).remove(name);
    } else {
      ((ArrayNode) parent).remove(index);
    }
  }

  /** Whether this is a value in a head, whose line is the parent. */
  public boolean isHeadsValue() {
    return path.endsWith("eaders.*.*") && index == 1;
  }

  /** Whether this is a name in a head. */
  public boolean isHeadsName() {
    return path.endsWith("eaders.*.*") && index == 0;
  }

  /** A path that tells values of different fields of a head apart. */
  public String pool() {
    return isHeadsValue() ? path + " " + parent.path(0).asString("") : path;
  }
}
