package dev.banyan.it.planted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The page of planted differences, as a run has found them. */
final class PlantedTable {
  private static final int MOST_CHARACTERS = 90;

  private PlantedTable() {}

  /**
   * The page.
   *
   * @param found at which request each was
   * @param shown what {@code banyan reproduce} made of each
   * @param right requests that a right port was asked
   */
  static String text(Map<String, Integer> found, Map<String, JsonNode> shown, int right) {
    StringBuilder page =
        new StringBuilder(
            """
            # Planted differences

            `PlantedDifferencesTest` writes this page. Its port does each thing a little otherwise than its
            Lua; one after the other is asked for until the shadow has told of it, with calls of which every
            one is compared. Then `banyan reproduce` makes the smallest call that still differs, on Lua and
            the port without a server, and saves it: the port's `@Replay` test fails of it.

            %d planted, %d found, false alarms in %,d calls of a right port: 0. (`scripts/soak`: 0 in 35,148,376
            calls of the shipped ports, see [performance.md](performance.md#for-a-long-time).)

            | planted | found at request | where | smallest call | input, characters |
            |---|---|---|---|---|
            """
                .formatted(Plant.ALL.size(), found.size(), right));
    for (Plant plant : Plant.ALL) {
      JsonNode one = Objects.requireNonNull(shown.get(plant.name()), plant.name());
      page.append(
          "| %s | %,d | `%s` | %s | %s |%n"
              .formatted(
                  plant.what(),
                  found.get(plant.name()),
                  plant.place(),
                  call(one),
                  one.has("after")
                      ? "%,d, then %,d"
                          .formatted(one.path("before").asInt(), one.path("after").asInt())
                      : ""));
    }
    page.append(
        """

        Which call of a kind is made smaller is one run's affair; the columns before are every run's. The
        streamed body's call isn't made again: bodies are hidden before anything is kept, unless
        `parity.keep-bodies` says otherwise. Lines of the log are compared for modules with
        `compare-log: true`.
        """);
    return page.toString();
  }

  private static String call(JsonNode one) {
    JsonNode vector = one.path("vector");
    if (vector.isMissingNode()) {
      return "none: `" + one.path("hidden").path(0).asString() + "` is hidden";
    }
    List<String> arguments = new ArrayList<>();
    vector.path("arguments").forEach(argument -> arguments.add(argument.toString()));
    String text = vector.path("function").asString() + "(" + String.join(", ", arguments) + ")";
    return "`" + text.substring(0, Math.min(text.length(), MOST_CHARACTERS)) + "`";
  }
}
