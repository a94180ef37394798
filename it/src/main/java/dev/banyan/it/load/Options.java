package dev.banyan.it.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Immutable: what a run is asked for.
 *
 * @param rounds how often each server is measured
 * @param seconds how long each time
 * @param warm how long a JVM is loaded before its first measurement, in seconds
 * @param connections how many connections load a server
 * @param rate requests a second, whatever comes back; 0 for as many as are answered
 * @param body how many octets the origin answers
 * @param contenders the servers
 * @param report where the report is written
 */
record Options(
    int rounds,
    int seconds,
    int warm,
    int connections,
    int rate,
    int body,
    List<Contender> contenders,
    Path report) {
  private static final String EXPECTED =
      "expected --rounds N --seconds N --warm N --connections N --rate N --body BYTES --report FILE --servers "
          + Arrays.stream(Contender.values()).map(Contender::key).collect(Collectors.joining(","));

  /**
   * Reads pairs of a name and a value.
   *
   * @throws IllegalArgumentException naming what is wrong and what is expected
   */
  static Options parse(List<String> words, Path root) {
    Options made =
        new Options(
            5,
            10,
            40,
            32,
            0,
            1024,
            List.of(Contender.values()),
            root.resolve(".run/load/report.md"));
    for (int i = 0; i < words.size(); i += 2) {
      if (i + 1 == words.size()) {
        throw new IllegalArgumentException(words.get(i) + " has no value: " + EXPECTED);
      }
      made = made.with(words.get(i), words.get(i + 1));
    }
    return made;
  }

  private Options with(String name, String value) {
    return switch (name) {
      case "--rounds" ->
          new Options(
              count(name, value), seconds, warm, connections, rate, body, contenders, report);
      case "--seconds" ->
          new Options(
              rounds, count(name, value), warm, connections, rate, body, contenders, report);
      case "--warm" ->
          new Options(
              rounds, seconds, count(name, value), connections, rate, body, contenders, report);
      case "--connections" ->
          new Options(rounds, seconds, warm, count(name, value), rate, body, contenders, report);
      case "--rate" ->
          new Options(
              rounds, seconds, warm, connections, count(name, value), body, contenders, report);
      case "--body" ->
          new Options(
              rounds, seconds, warm, connections, rate, count(name, value), contenders, report);
      case "--servers" ->
          new Options(rounds, seconds, warm, connections, rate, body, servers(value), report);
      case "--report" ->
          new Options(rounds, seconds, warm, connections, rate, body, contenders, Path.of(value));
      default -> throw new IllegalArgumentException(name + " is unknown: " + EXPECTED);
    };
  }

  private static int count(String name, String value) {
    if (!value.matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
          name + " \"" + value + "\" is not accepted: expected a whole number from 1");
    }
    return Integer.parseInt(value);
  }

  private static List<Contender> servers(String value) {
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
