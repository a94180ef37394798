package dev.banyan.it.load;

import dev.banyan.it.load.Scene.Protocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Immutable: what a run is asked for.
 *
 * @param rounds how often each server is measured
 * @param seconds how long each time
 * @param warm how long a JVM is loaded before its first measurement, in seconds
 * @param rate requests a second, whatever comes back; 0 for as many as are answered
 * @param axis the option that has several values, without its dashes; empty when none has
 * @param scenes under what is measured, one after the other: one for each of those values
 * @param contenders the servers
 * @param report where the report is written
 * @param publish the part of docs/performance.md that the figures replace; empty for none
 */
record Options(
    int rounds,
    int seconds,
    int warm,
    int rate,
    String axis,
    List<Scene> scenes,
    List<Contender> contenders,
    Path report,
    String publish) {
  private static final String EXPECTED =
      "expected --rounds N --seconds N --warm N --rate N --report FILE --publish PART --servers "
          + Arrays.stream(Contender.values()).map(Contender::key).collect(Collectors.joining(","))
          + ", and, one of them with several values: --protocol h1,tls,h2 --connections N,N"
          + " --streams N,N --body BYTES,BYTES --modules N,N --tenants N,N";

  private static final List<String> AXES =
      List.of("protocol", "connections", "streams", "body", "modules", "tenants");

  /** What each value may be at most: so many can't be made, or asked, on one machine. */
  private static final Map<String, Integer> MOST =
      Map.of(
          "connections", 15_000,
          "streams", 100,
          "body", 64 << 20,
          "modules", 2_000,
          "tenants", 1_000_000);

  /**
   * Reads pairs of a name and a value.
   *
   * @throws IllegalArgumentException naming what is wrong and what is expected
   */
  static Options parse(List<String> words, Path root) {
    Map<String, String> given = given(words);
    List<Scene> scenes = new ArrayList<>(List.of(Scene.USUAL));
    String axis = "";
    for (String name : AXES) {
      String value = given.remove(name);
      if (value == null) {
        continue;
      }
      List<String> values = List.of(value.split(",", -1));
      if (values.size() > 1 && !axis.isEmpty()) {
        throw new IllegalArgumentException(
            "--" + axis + " and --" + name + " have several values: give one of them a list");
      }
      axis = values.size() > 1 ? name : axis;
      scenes =
          scenes.stream()
              .flatMap(scene -> values.stream().map(one -> with(scene, name, one)))
              .toList();
    }
    Options options =
        new Options(
            count("rounds", given.getOrDefault("rounds", "5")),
            count("seconds", given.getOrDefault("seconds", "10")),
            count("warm", given.getOrDefault("warm", "40")),
            given.containsKey("rate") ? count("rate", given.getOrDefault("rate", "")) : 0,
            axis,
            List.copyOf(scenes),
            servers(given.get("servers")),
            Path.of(given.getOrDefault("report", root.resolve(".run/load/report.md").toString())),
            given.getOrDefault("publish", ""));
    given
        .keySet()
        .removeAll(List.of("rounds", "seconds", "warm", "rate", "servers", "report", "publish"));
    if (!given.isEmpty()) {
      throw new IllegalArgumentException(
          "--" + given.keySet().iterator().next() + " is unknown: " + EXPECTED);
    }
    return options;
  }

  /** The same without one of the servers. */
  Options without(Contender one) {
    List<Contender> left = contenders.stream().filter(other -> other != one).toList();
    return new Options(rounds, seconds, warm, rate, axis, scenes, left, report, publish);
  }

  private static Map<String, String> given(List<String> words) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < words.size(); i += 2) {
      if (!words.get(i).startsWith("--")) {
        throw new IllegalArgumentException(words.get(i) + " is unknown: " + EXPECTED);
      }
      if (i + 1 == words.size()) {
        throw new IllegalArgumentException(words.get(i) + " has no value: " + EXPECTED);
      }
      given.put(words.get(i).substring(2), words.get(i + 1));
    }
    return given;
  }

  private static Scene with(Scene scene, String name, String value) {
    int n = name.equals("protocol") ? 0 : count(name, value);
    if (n > MOST.getOrDefault(name, Integer.MAX_VALUE)) {
      throw new IllegalArgumentException("--" + name + " " + n + ": at most " + MOST.get(name));
    }
    return switch (name) {
      case "protocol" ->
          new Scene(
              protocol(value),
              scene.connections(),
              scene.streams(),
              scene.body(),
              scene.modules(),
              scene.tenants());
      case "connections" ->
          new Scene(
              scene.protocol(), n, scene.streams(), scene.body(), scene.modules(), scene.tenants());
      case "streams" ->
          new Scene(
              scene.protocol(),
              scene.connections(),
              n,
              scene.body(),
              scene.modules(),
              scene.tenants());
      case "body" ->
          new Scene(
              scene.protocol(),
              scene.connections(),
              scene.streams(),
              n,
              scene.modules(),
              scene.tenants());
      case "modules" ->
          new Scene(
              scene.protocol(),
              scene.connections(),
              scene.streams(),
              scene.body(),
              n,
              scene.tenants());
      default ->
          new Scene(
              scene.protocol(),
              scene.connections(),
              scene.streams(),
              scene.body(),
              scene.modules(),
              n);
    };
  }

  /** The value of a scene on the axis of this name. */
  static String value(Scene scene, String axis) {
    return switch (axis) {
      case "protocol" -> scene.protocol().title();
      case "connections" -> "%,d".formatted(scene.connections());
      case "streams" -> "%,d".formatted(scene.streams());
      case "body" -> "%,d".formatted(scene.body());
      case "modules" -> "%,d".formatted(scene.modules());
      case "tenants" -> "%,d".formatted(scene.tenants());
      default -> "";
    };
  }

  private static Protocol protocol(String value) {
    return Arrays.stream(Protocol.values())
        .filter(one -> one.key().equals(value))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--protocol \"" + value + "\" is not accepted: expected h1, tls or h2"));
  }

  private static int count(String name, String value) {
    if (!value.matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
          "--" + name + " \"" + value + "\" is not accepted: expected a whole number from 1");
    }
    return Integer.parseInt(value);
  }

  private static List<Contender> servers(@Nullable String value) {
    if (value == null) {
      return List.of(Contender.values());
    }
    List<Contender> picked = new ArrayList<>();
    for (String key : value.split(",", -1)) {
      picked.add(
          Arrays.stream(Contender.values())
              .filter(one -> one.key().equals(key))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "--servers \"" + key + "\" is not accepted: " + EXPECTED)));
    }
    return List.copyOf(picked);
  }
}
