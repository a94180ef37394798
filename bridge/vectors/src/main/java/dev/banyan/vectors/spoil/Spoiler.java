package dev.banyan.vectors.spoil;

import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.vectors.shrink.Input;
import dev.banyan.vectors.shrink.Site;
import dev.banyan.vectors.spoil.Spoiled.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes of one recorded call all inputs in which one place is missing, malformed, oversized or
 * late: its arguments, the request, {@code ngx.ctx} and the module's own fields, where legacies
 * keep their configuration, and what the world answered. The same ones each time.
 */
public final class Spoiler {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int MANY_LINES = 200;
  private static final String ANSWER = "world.entries.*.answer";

  private static final Map<String, Long> MOMENTS =
      Map.of(
          "a day later", 86_400_000L,
          "a day earlier", -86_400_000L,
          "a minute later", 60_000L,
          "a second later", 1_000L);

  private final Input whole;
  private final List<Spoiled> spoiled = new ArrayList<>();

  private Spoiler(RecordedCall call) {
    this.whole = Input.of(call);
  }

  /** All of them. */
  public static List<Spoiled> of(RecordedCall call) {
    Spoiler spoiler = new Spoiler(call);
    spoiler.values();
    spoiler.head();
    spoiler.world();
    return List.copyOf(spoiler.spoiled);
  }

  private void values() {
    int count = Site.values(whole.tree()).size();
    for (int i = 0; i < count; i++) {
      Site site = Site.values(whole.tree()).get(i);
      if (site.isHeadsName()) {
        continue;
      }
      int at = i;
      String place = site.pool();
      boolean late = site.path().startsWith("world.");
      add(late ? Kind.LATE : Kind.MISSING, place, "nothing", (_, one) -> missing(one), at);
      BadValues.malformed(site.value())
          .forEach((what, bad) -> add(Kind.MALFORMED, place, what, (_, one) -> one.set(bad), at));
      BadValues.oversized(site.value())
          .forEach((what, bad) -> add(Kind.OVERSIZED, place, what, (_, one) -> one.set(bad), at));
    }
  }

  /** An argument that is missing is nil, so that those behind it stay where they are. */
  private static void missing(Site site) {
    if (site.path().startsWith("arguments.*") || site.path().equals(ANSWER)) {
      site.set(NODES.nullNode());
    } else if (site.isHeadsValue()) {
      site.set(NODES.stringNode(""));
    } else {
      site.remove();
    }
  }

  private void add(
      Kind kind, String place, String what, BiConsumer<ObjectNode, Site> change, int site) {
    Input input = whole.copy();
    change.accept(input.tree(), Site.values(input.tree()).get(site));
    spoiled.add(new Spoiled(kind, place, what, input));
  }

  /** Lines of the heads go, come twice, and come many times. */
  private void head() {
    for (String head : List.of("headers", "responseHeaders")) {
      int lines = whole.tree().path("request").path(head).size();
      for (int i = 0; i < lines; i++) {
        String name = whole.tree().path("request").path(head).path(i).path(0).asString();
        String place = "request." + head + " " + name;
        int at = i;
        line(Kind.MISSING, place, "no such line", head, list -> list.remove(at));
        line(Kind.MALFORMED, place, "the line twice", head, list -> again(list, at, 1));
        line(
            Kind.OVERSIZED,
            place,
            "the line " + MANY_LINES + " times",
            head,
            list -> again(list, at, MANY_LINES));
      }
    }
  }

  /** Changes a head's lines. */
  @FunctionalInterface
  private interface Lines {
    void change(ArrayNode list);
  }

  private void line(Kind kind, String place, String what, String head, Lines change) {
    Input input = whole.copy();
    change.change((ArrayNode) input.tree().path("request").path(head));
    spoiled.add(new Spoiled(kind, place, what, input));
  }

  private static void again(ArrayNode list, int at, int times) {
    JsonNode line = list.path(at);
    for (int i = 0; i < times; i++) {
      list.add(line.deepCopy());
    }
  }

  /** Peers that say nothing, and calls that come at another time. */
  private void world() {
    MOMENTS.forEach((what, by) -> {
      Input input = whole.copy();
      ObjectNode world = (ObjectNode) input.tree().path("world");
      world.put("millis", world.path("millis").asLong() + by);
      spoiled.add(new Spoiled(Kind.LATE, "world.millis", what, input));
    });
    without("received", "peers that never answer");
    without("connected", "peers that can't be reached");
    without("resolved", "names that can't be resolved");
  }

  private void without(String entry, String what) {
    Input input = whole.copy();
    ArrayNode entries = (ArrayNode) input.tree().path("world").path("entries");
    boolean any = false;
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.path(i).has(entry)) {
        entries.remove(i);
        any = true;
      }
    }
    if (any) {
      spoiled.add(new Spoiled(Kind.LATE, "world." + entry, what, input));
    }
  }
}
