package dev.banyan.modules.routing;

import dev.banyan.api.Legacy;
import dev.banyan.modules.edge.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Immutable: the groups of origins of a file. */
final class OriginGroups {
  static final OriginGroups EMPTY = new OriginGroups(Map.of());

  private final Map<String, Group> groups;

  private OriginGroups(Map<String, Group> groups) {
    this.groups = Map.copyOf(groups);
  }

  /** One origin; {@code upto} is the sum of the weights up to it. */
  record Origin(String host, double port, double weight, double upto) {
    private Map<String, Object> asTable() {
      return Map.of("host", host, "port", port, "weight", weight, "upto", upto);
    }
  }

  /**
   * A group with at least one origin.
   *
   * @param asTable the fields of the legacy's own object
   * @param routes where a request that was sent to the group by its name begins, for each origin
   */
  record Group(
      String name,
      List<Origin> origins,
      double total,
      Map<String, Object> asTable,
      List<Map<String, Object>> routes) {
    Group {
      origins = List.copyOf(origins);
      routes = List.copyOf(routes);
    }

    static Group of(String name, List<Origin> origins, double total) {
      Map<String, Object> table =
          Map.of(
              "name",
              name,
              "total",
              total,
              "origins",
              origins.stream().map(Origin::asTable).toList());
      return new Group(
          name,
          origins,
          total,
          table,
          IntStream.rangeClosed(1, origins.size()).mapToObj(at -> route(name, table, at)).toList());
    }

    /** Where a request begins that was sent to the group of that name, which may not exist. */
    Map<String, Object> route(String wanted, int at) {
      return wanted.equals(name) ? routes.get(at - 1) : route(wanted, asTable, at);
    }

    private static Map<String, Object> route(String wanted, Map<String, Object> table, int at) {
      return Map.of("group", Legacy.of("group", wanted, table), "at", (double) at, "tried", 0d);
    }

    /**
     * The position of the origin for a key, from 1: the same key finds the same origin.
     *
     * @param key octets
     * @param rest the rest of the key, or empty
     */
    int pick(String key, String rest) {
      CRC32 crc = new CRC32();
      update(crc, key);
      update(crc, rest);
      double point = crc.getValue() % total;
      for (int i = 0; i < origins.size(); i++) {
        if (point < origins.get(i).upto()) {
          return i + 1;
        }
      }
      return origins.size();
    }

    private static void update(CRC32 crc, String octets) {
      for (int i = 0; i < octets.length(); i++) {
        crc.update(octets.charAt(i));
      }
    }
  }

  /**
   * Reads the file's text.
   *
   * @throws IllegalArgumentException when it isn't JSON or lacks the group {@code default}
   */
  static OriginGroups read(String text) {
    Map<String, Group> groups = new HashMap<>();
    map(map(Json.read(text)).get("groups"))
        .forEach((name, list) -> {
          String key = String.valueOf(name);
          groups.put(key, group(key, list));
        });
    if (!groups.containsKey("default")) {
      throw new IllegalArgumentException("origins: group \"default\" is missing");
    }
    return new OriginGroups(groups);
  }

  /** The group of that name, else the default; null while nothing was loaded. */
  @Nullable Group named(String name) {
    Group group = groups.get(name);
    return group == null ? groups.get("default") : group;
  }

  private static Group group(String name, @Nullable Object list) {
    if (!(list instanceof List<?> items) || items.isEmpty()) {
      throw new IllegalArgumentException("origins: group \"" + name + "\" has no origins");
    }
    List<Origin> origins = new ArrayList<>(items.size());
    double total = 0;
    for (Object item : items) {
      Map<?, ?> origin = map(item);
      double weight = origin.get("weight") instanceof Double d ? d : 1;
      total += weight;
      if (!(origin.get("host") instanceof String host)
          || !(origin.get("port") instanceof Double port)) {
        throw new IllegalArgumentException("origins: an origin without host or port");
      }
      origins.add(new Origin(host, port, weight, total));
    }
    return Group.of(name, origins, total);
  }

  private static Map<?, ?> map(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("origins: an object is missing");
  }
}
