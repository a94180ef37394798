package dev.banyan.vectors;

import dev.banyan.api.Journal;
import dev.banyan.api.Journal.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A journal as JSON and back. */
final class JournalJson {
  private JournalJson() {}

  static Map<String, @Nullable Object> write(Journal journal) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("millis", journal.millis());
    if (journal.lineLevel() != Journal.NO_LINES) {
      tree.put("lineLevel", journal.lineLevel());
    }
    tree.put("entries", journal.entries().stream().map(JournalJson::entry).toList());
    return tree;
  }

  private static Map<String, @Nullable Object> entry(Entry entry) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    switch (entry) {
      case Entry.Draw(double value) -> tree.put("draw", value);
      case Entry.Time(long millis) -> tree.put("time", millis);
      case Entry.DictCall call -> {
        tree.put("dict", call.dict());
        tree.put("operation", call.operation());
        tree.put("key", call.key());
        tree.put("arguments", ValueJson.write(call.arguments()));
        tree.put("answer", ValueJson.write(call.answer()));
      }
      case Entry.Connected(long socket, Journal.Transport transport, String host, int port) -> {
        tree.put("connected", socket);
        tree.put("transport", transport.name());
        tree.put("host", host);
        tree.put("port", port);
      }
      case Entry.Sent(long socket, byte[] octets) -> {
        tree.put("sent", socket);
        tree.put("octets", text(octets));
      }
      case Entry.Received(long socket, byte[] octets) -> {
        tree.put("received", socket);
        tree.put("octets", text(octets));
      }
      case Entry.Resolved(String name, List<String> addresses) -> {
        tree.put("resolved", name);
        tree.put("addresses", addresses);
      }
      case Entry.Chose(String what, String value) -> {
        tree.put("chose", what);
        tree.put("value", value);
      }
      case Entry.Logged(int level, String message) -> {
        tree.put("logged", level);
        tree.put("message", message);
      }
    }
    return tree;
  }

  static Journal read(JsonNode tree) {
    Journal journal =
        new Journal(tree.path("millis").asLong(0), tree.path("lineLevel").asInt(Journal.NO_LINES));
    for (JsonNode entry : tree.path("entries")) {
      journal.add(entry(entry), 0);
    }
    return journal;
  }

  private static Entry entry(JsonNode tree) {
    if (tree.has("draw")) {
      return new Entry.Draw(tree.path("draw").asDouble());
    }
    if (tree.has("time")) {
      return new Entry.Time(tree.path("time").asLong());
    }
    if (tree.has("dict")) {
      return new Entry.DictCall(
          tree.path("dict").asString(),
          tree.path("operation").asString(),
          tree.path("key").asString(),
          ValueJson.list(tree.path("arguments")),
          ValueJson.read(tree.path("answer")));
    }
    if (tree.has("connected")) {
      return new Entry.Connected(
          tree.path("connected").asLong(),
          Journal.Transport.valueOf(tree.path("transport").asString()),
          tree.path("host").asString(),
          tree.path("port").asInt());
    }
    if (tree.has("sent")) {
      return new Entry.Sent(tree.path("sent").asLong(), octets(tree));
    }
    if (tree.has("received")) {
      return new Entry.Received(tree.path("received").asLong(), octets(tree));
    }
    if (tree.has("resolved")) {
      List<String> addresses = new ArrayList<>();
      tree.path("addresses").forEach(address -> addresses.add(address.asString()));
      return new Entry.Resolved(tree.path("resolved").asString(), addresses);
    }
    if (tree.has("chose")) {
      return new Entry.Chose(tree.path("chose").asString(), tree.path("value").asString());
    }
    if (tree.has("logged")) {
      return new Entry.Logged(tree.path("logged").asInt(), tree.path("message").asString());
    }
    throw new IllegalArgumentException("\"world\" holds an entry of an unknown kind: " + tree);
  }

  private static String text(byte[] octets) {
    return new String(octets, StandardCharsets.ISO_8859_1);
  }

  private static byte[] octets(JsonNode tree) {
    return tree.path("octets").asString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
