package dev.banyan.server.figures;

import dev.banyan.router.parity.Cluster;
import dev.banyan.router.parity.Difference;
import dev.banyan.router.parity.Mismatch;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.Noise;
import dev.banyan.router.parity.Shape;
import dev.banyan.server.reproduce.ReproducerFigures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mismatches and their clusters as the trees that are shown as JSON. */
public final class MismatchFigures {
  private MismatchFigures() {}

  /**
   * A mismatch with both answers.
   *
   * @param noise where the module's Lua differs from itself
   */
  public static Map<String, @Nullable Object> mismatch(Mismatch mismatch, Noise noise) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", mismatch.id());
    tree.put("when", mismatch.when().toString());
    tree.put("module", mismatch.module());
    tree.put("function", mismatch.function());
    tree.put("cluster", mismatch.shape().id());
    tree.put("class", mismatch.trafficClass());
    tree.put("noisy", noise.covers(mismatch.shape()));
    tree.put("request", mismatch.request());
    tree.put("differences", mismatch.differences().stream().map(MismatchFigures::one).toList());
    tree.put("lua", mismatch.control());
    tree.put("java", mismatch.candidate());
    return tree;
  }

  private static Map<String, @Nullable Object> one(Difference difference) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("path", difference.path());
    tree.put("lua", difference.control());
    tree.put("java", difference.candidate());
    return tree;
  }

  /** A module's clusters, the largest first, each with an example. */
  public static Map<String, @Nullable Object> clusters(ModuleParity page, int limit) {
    List<Cluster> all = page.clusters();
    Noise noise = page.noise();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("module", page.module());
    tree.put("total", all.size());
    tree.put("overflowed", page.overflowedClusters());
    tree.put("clusters", all.stream().limit(limit).map(one -> cluster(one, noise)).toList());
    return tree;
  }

  private static Map<String, @Nullable Object> cluster(Cluster cluster, Noise noise) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("id", cluster.shape().id());
    tree.put("function", cluster.shape().function());
    tree.put("places", places(cluster.shape(), noise));
    tree.put("noisy", noise.covers(cluster.shape()));
    tree.put("count", cluster.count());
    tree.put("first", cluster.first().toString());
    tree.put("last", cluster.last().toString());
    tree.put("classes", cluster.classes());
    tree.put("reproducer", ReproducerFigures.state(cluster.reproducer()));
    tree.put("example", mismatch(cluster.example(), noise));
    return tree;
  }

  private static List<Map<String, @Nullable Object>> places(Shape shape, Noise noise) {
    List<Map<String, @Nullable Object>> places = new ArrayList<>();
    for (Shape.Part part : shape.parts()) {
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("place", part.place());
      tree.put("kind", part.kind());
      tree.put("noisy", noise.isNoisy(shape.function(), part.place()));
      places.add(tree);
    }
    return places;
  }

  /** Where a module's Lua differs from itself. */
  public static Map<String, @Nullable Object> noise(ModuleParity page) {
    Noise noise = page.noise();
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("module", page.module());
    tree.put("measured", noise.measured());
    tree.put("differed", noise.differed());
    tree.put("unmeasured", noise.unmeasured());
    tree.put("places", noise.places().stream().map(MismatchFigures::place).toList());
    return tree;
  }

  private static Map<String, @Nullable Object> place(Noise.Place place) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("function", place.function());
    tree.put("place", place.place());
    tree.put("calls", place.calls());
    tree.put("last", place.last().toString());
    return tree;
  }
}
