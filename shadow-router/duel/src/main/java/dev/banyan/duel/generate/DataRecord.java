package dev.banyan.duel.generate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * One object of a data file that names hosts: a tenant, a site, a customer. Immutable.
 *
 * @param hosts as they stand there, wildcards too
 * @param texts every other text in it
 */
record DataRecord(List<String> hosts, Set<String> texts) {
  private static final Set<String> HOST_KEYS =
      Set.of(
          "host", "hosts", "hostname", "hostnames", "domain", "domains", "server_name", "aliases");
  private static final int MAX_DEPTH = 32;

  DataRecord {
    hosts = List.copyOf(hosts);
    texts = new LinkedHashSet<>(texts);
  }

  /** Every object below a node that names hosts. */
  static List<DataRecord> in(JsonNode node) {
    List<DataRecord> found = new ArrayList<>();
    find(node, found, 0);
    return found;
  }

  private static void find(JsonNode node, List<DataRecord> found, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    if (node.isObject()) {
      List<String> hosts = new ArrayList<>();
      Set<String> texts = new LinkedHashSet<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        collect(entry.getValue(), HOST_KEYS.contains(entry.getKey()) ? hosts : texts, depth);
      }
      if (hosts.stream().anyMatch(host -> host.indexOf('.') > 0)) {
        found.add(new DataRecord(hosts, texts));
        return;
      }
    }
    node.forEach(child -> find(child, found, depth + 1));
  }

  private static void collect(JsonNode node, java.util.Collection<String> into, int depth) {
    if (node.isString()) {
      into.add(node.stringValue());
    } else if (depth <= MAX_DEPTH) {
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        if (entry.getKey().startsWith("/")) {
          into.add(entry.getKey());
        }
      }
      node.forEach(child -> collect(child, into, depth + 1));
    }
  }

  /** A host that a request may name, for one as it stands there. */
  static String concrete(String host) {
    return host.startsWith("*.") ? "duel" + host.substring(1) : host;
  }
}
