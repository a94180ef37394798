package dev.banyan.server.admin;

import dev.banyan.server.lines.LiveCoverage;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** For any thread: what {@code /api/v1/coverage} does. */
final class CoverageApi {
  private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,63}");

  private final LiveCoverage coverage;

  CoverageApi(LiveCoverage coverage) {
    this.coverage = coverage;
  }

  /** Begins anew. */
  Object begin(JsonNode body) {
    BadCall.refuseUnknown(body, List.of("mark"));
    String field = body.path("mark").asString("");
    if (!FIELD.matcher(field).matches()) {
      throw new BadCall(
          422,
          "\"mark\" is \""
              + field
              + "\": expected the name of a field that tells requests apart, such as X-Duel-Id");
    }
    if (!coverage.begin(field)) {
      throw new BadCall(422, "nothing can be covered: Banyan has not finished its start");
    }
    return take();
  }

  /** What was reached since the last time. */
  Object take() {
    Map<String, Object> tree = coverage.take();
    if (tree == null) {
      throw new BadCall(422, "no coverage is taken (" + coverage.state() + "): begin it with PUT");
    }
    return tree;
  }

  /** Ends it. */
  Object end() {
    coverage.end("it was stopped");
    return Map.of("state", coverage.state());
  }
}
