package dev.banyan.cli;

import dev.banyan.duel.fuzz.CodeFeedback;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Owned by its command's thread: what a running Banyan tells of its Lua, until it is closed. */
final class AdminCoverage implements CodeFeedback, AutoCloseable {
  private static final String PATH = "/api/v1/coverage";

  private final AdminClient admin;
  private JsonNode latest;
  private final Set<String> leftOut = new TreeSet<>();

  private AdminCoverage(AdminClient admin, JsonNode first) {
    this.admin = admin;
    this.latest = first;
  }

  /** Begins anew, with requests told apart by this field. */
  static AdminCoverage begin(AdminClient admin, String mark) {
    return new AdminCoverage(admin, admin.put(PATH, Map.of("mark", mark)));
  }

  @Override
  public Reached take() {
    latest = admin.post(PATH, Map.of());
    latest.path("leftOut").forEach(file -> leftOut.add(file.asString("")));
    Map<String, Set<String>> places = new HashMap<>();
    for (JsonNode one : latest.path("reached")) {
      Set<String> marks = new HashSet<>();
      one.path("marks").forEach(mark -> marks.add(mark.asString("")));
      places.put(one.path("place").asString(""), marks);
    }
    List<String> words = new ArrayList<>();
    latest.path("words").forEach(word -> words.add(word.asString("")));
    return new Reached(places, words);
  }

  /** Tells how much was reached, and what could not be. */
  void print(int kept, PrintWriter out) {
    out.println(
        "coverage: "
            + CoverageText.counts(latest.path("lines"))
            + " lines of Lua, "
            + CoverageText.counts(latest.path("ways"))
            + " ways on from its branches; "
            + kept
            + " cases kept");
    for (String file : leftOut) {
      out.println(
          "not covered: " + file + ", of which a shadow or \"banyan learn\" notes the lines");
    }
  }

  @Override
  public void close() {
    admin.delete(PATH);
  }
}
