package dev.banyan.cli.wholes;

import dev.banyan.gateway.Enclosure;
import dev.banyan.lua.ngx.shared.DictValue;
import dev.banyan.lua.ngx.shared.SharedDict;
import dev.banyan.lua.ngx.shared.SharedDicts;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Immutable: what a kept request found in the world, to be put in its place again. */
record KeptWorld(JsonNode tree) {
  /** A clock on which the request begins now. */
  Clock clock() {
    Instant begun = Instant.ofEpochMilli(tree.path("millis").asLong(System.currentTimeMillis()));
    return Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), begun));
  }

  boolean tls() {
    return tree.path("tls").asBoolean(false);
  }

  /** Where it was received; null when that was a Unix socket. */
  @Nullable InetSocketAddress server() {
    return address(tree.path("server").asString(""));
  }

  /** Between whom its connection was; null when that is not told. */
  Enclosure.@Nullable Ends ends() {
    InetSocketAddress client = address(tree.path("client").asString(""));
    InetSocketAddress server = server();
    return client == null || server == null ? null : new Enclosure.Ends(client, server);
  }

  /** An address and a port with a space between them. */
  private static @Nullable InetSocketAddress address(String text) {
    int space = text.indexOf(' ');
    return space < 0
        ? null
        : new InetSocketAddress(
            text.substring(0, space), Integer.parseInt(text.substring(space + 1)));
  }

  /** Puts what the request found in shared dicts there again: each key as its first call saw it. */
  void fill(SharedDicts dicts) {
    Set<String> seen = new HashSet<>();
    for (JsonNode call : tree.path("entries")) {
      SharedDict dict = dicts.named(call.path("dict").asString("")).orElse(null);
      String key = call.path("key").asString("");
      if (dict != null && !key.isEmpty() && seen.add(dict.name() + " " + key)) {
        put(dict, key, call);
      }
    }
  }

  private static void put(SharedDict dict, String key, JsonNode call) {
    JsonNode answer = call.path("answer");
    switch (call.path("operation").asString("")) {
      case "get" -> store(dict, key, value(answer));
      case "incr" -> store(dict, key, before(call));
      case "add" -> store(dict, key, answer.isNull() ? null : DictValue.of(""));
      default -> {} // what was there before isn't told
    }
  }

  /** A counter before it was counted up; one that begins at its first value was not there. */
  private static @Nullable DictValue before(JsonNode call) {
    if (!call.path("answer").isNumber()) {
      return null;
    }
    double before = call.path("answer").asDouble() - call.path("arguments").path(0).asDouble(0);
    JsonNode first = call.path("arguments").path(1);
    return first.isNumber() && first.asDouble() == before ? null : DictValue.of(before);
  }

  private static @Nullable DictValue value(JsonNode answer) {
    return switch (answer.getNodeType()) {
      case STRING -> DictValue.of(answer.asString());
      case NUMBER -> DictValue.of(answer.asDouble());
      case BOOLEAN -> DictValue.of(answer.asBoolean());
      case NULL, MISSING, ARRAY, OBJECT, BINARY, POJO -> null;
    };
  }

  private static void store(SharedDict dict, String key, @Nullable DictValue value) {
    if (value == null) {
      dict.delete(key);
    } else {
      dict.set(key, value, SharedDict.FOREVER);
    }
  }
}
