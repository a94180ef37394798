package dev.banyan.it.traffic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tenants of a legacy, in the order of its {@code data/tenants.json}. */
public record Tenants(List<Tenant> all) {
  /** Copies the list. */
  public Tenants {
    all = List.copyOf(all);
  }

  /** Reads them from a copy of {@code legacy-lua/}. */
  public static Tenants read(Path legacy) throws IOException {
    String text = Files.readString(legacy.resolve("data/tenants.json"));
    List<Tenant> tenants = new ArrayList<>();
    for (JsonNode node : new JsonMapper().readTree(text).path("tenants")) {
      tenants.add(tenant(node));
    }
    return new Tenants(tenants);
  }

  /** Any tenant of that sort. */
  public Tenant any(RandomGenerator random, Predicate<Tenant> sort) {
    List<Tenant> fitting = all.stream().filter(sort).toList();
    if (fitting.isEmpty()) {
      throw new IllegalArgumentException("the legacy has no such tenant");
    }
    return fitting.get(random.nextInt(fitting.size()));
  }

  private static Tenant tenant(JsonNode node) {
    List<String> hosts = new ArrayList<>();
    node.path("hosts").forEach(host -> hosts.add(host.asString()));
    return new Tenant(
        node.path("id").asString(),
        hosts,
        new TreeSet<>(node.path("features").propertyNames()),
        node.path("auth").path("secret").asString(""),
        node.path("auth").path("issue_key").asString(""),
        node.path("auth").path("mode").asString("none"),
        node.path("waf").path("mode").asString("block"),
        node.path("waf").path("threshold").asInt(10),
        node.path("rate").path("burst").asInt(1000),
        node.path("upstream").asString("default"),
        node.path("suspended").asBoolean(false),
        !node.path("redirects").isEmpty(),
        !node.path("firewall").isEmpty(),
        !node.path("block_bots").isEmpty());
  }
}
