package dev.banyan.cli;

import dev.banyan.router.parity.CallJudge.Judgement;
import dev.banyan.router.parity.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Owned by its command: what came of each cluster, of calls or of whole requests. */
final class ClusterOutcomes {
  private final Paper paper;
  private final boolean json;
  private final List<Map<String, @Nullable Object>> trees = new ArrayList<>();
  private int failed;

  /** For people, or for scripts. */
  ClusterOutcomes(Paper paper, boolean json) {
    this.paper = paper;
    this.json = json;
  }

  /** Whether every cluster was shown. */
  boolean isGood() {
    return failed == 0;
  }

  /** Begins with a cluster; more about it goes into what this answers. */
  Map<String, @Nullable Object> begin(JsonNode held, boolean reproduced) {
    failed += reproduced ? 0 : 1;
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("cluster", held.path("cluster").asString());
    tree.put("cause", held.path("cause").asString());
    tree.put("result", reproduced ? "reproduced" : "not reproduced");
    trees.add(tree);
    if (!json) {
      paper.line("cluster %s  %s", held.path("cluster").asString(), held.path("cause").asString());
    }
    return tree;
  }

  /** The places of which the server holds no more than a stand-in. */
  static List<String> hidden(JsonNode held) {
    List<String> hidden = new ArrayList<>();
    held.path("hidden").forEach(place -> hidden.add(place.asString()));
    return hidden;
  }

  /** How two sides differ, as the server and scripts are told. */
  static List<Map<String, @Nullable Object>> differences(Judgement judgement) {
    return judgement.differences().stream().map(ClusterOutcomes::one).toList();
  }

  private static Map<String, @Nullable Object> one(Difference difference) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("path", difference.path());
    tree.put("lua", difference.control());
    tree.put("java", difference.candidate());
    return tree;
  }

  /**
   * The last words.
   *
   * @param head what scripts are told beside the clusters
   * @param whose whose clusters they are, for people
   */
  void end(AdminClient client, Map<String, Object> head, String whose) {
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>(head);
      all.put("clusters", trees);
      paper.line("%s", client.pretty(new JsonMapper().valueToTree(all)));
    } else if (trees.isEmpty()) {
      paper.line("%s has no mismatch", whose);
    } else if (trees.size() > 1) {
      paper.line("%d of %d clusters reproduced", trees.size() - failed, trees.size());
    }
  }
}
