package dev.banyan.server.routing;

import dev.banyan.gateway.path.PathBody;
import dev.banyan.gateway.path.PathFinding;
import dev.banyan.gateway.path.PathSample;
import dev.banyan.gateway.path.PathShadow;
import dev.banyan.gateway.path.WholeRequest;
import dev.banyan.router.parity.Body;
import dev.banyan.router.parity.Mismatch;
import dev.banyan.router.parity.ModuleParity;
import dev.banyan.router.parity.PathAnswer;
import dev.banyan.router.parity.ShadowedCall;
import dev.banyan.router.parity.Traffic;
import dev.banyan.server.shadow.ShadowExecutor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For any thread: has sampled requests run through the new path, on the shadow executor's threads,
 * and counts what comes of it. Whole requests are shed before single calls.
 */
public final class PathObserver implements PathShadow {
  private static final Logger LOG = LoggerFactory.getLogger(PathObserver.class);

  /** What a whole request is counted as, where modules have functions. */
  public static final String REQUEST = "request";

  private final ModuleParity page;
  private final ShadowExecutor executor;
  private final double share;
  private final List<String> classKeys;
  private final Afterwards afterwards;

  /** Hears of mismatches, on the executor's threads: must not wait. */
  public interface Afterwards {
    /** Whether it wants requests whole. */
    boolean wantsWhole();

    /**
     * The paths differ.
     *
     * @param whole the request; null unless they are wanted
     */
    void differs(ModuleParity page, Mismatch mismatch, @Nullable WholeRequest whole);
  }

  /**
   * Counts on this page.
   *
   * @param share of the requests that are followed, from 0 to 1
   * @param classKeys the variables that tell kinds of traffic apart
   * @param afterwards hears of each mismatch
   */
  public PathObserver(
      ModuleParity page,
      ShadowExecutor executor,
      double share,
      List<String> classKeys,
      Afterwards afterwards) {
    this.page = page;
    this.executor = executor;
    this.share = share;
    this.classKeys = List.copyOf(classKeys);
    this.afterwards = afterwards;
  }

  @Override
  public boolean wants() {
    return share >= 1 || ThreadLocalRandom.current().nextDouble() < share;
  }

  @Override
  public boolean wantsWhole() {
    return afterwards.wantsWhole();
  }

  @Override
  public List<String> classKeys() {
    return classKeys;
  }

  @Override
  public void ended(PathSample sample) {
    if (!executor.submitLast(() -> observe(sample))) {
      page.skipped("shed: the shadow queue is half full");
    }
  }

  @Override
  public void notMeasured(String reason) {
    page.skipped(reason);
  }

  private void observe(PathSample sample) {
    PathFinding finding;
    long begun = System.nanoTime();
    try {
      finding = sample.dryRun().get();
    } catch (RuntimeException | Error e) { // a fault of the dry run says nothing about the ports
      LOG.debug("a dry run failed", e);
      page.skipped("the dry run failed: " + e.getClass().getSimpleName());
      return;
    }
    switch (finding) {
      case PathFinding.NotMeasured(String reason) -> page.skipped(reason);
      case PathFinding.Compared compared -> {
        page.luaAnswered(sample.nanos());
        page.candidateRan(System.nanoTime() - begun);
        compared.unmeasured().forEach(page::fellBack);
        page.compare(
            call(sample),
            old(compared),
            dry(compared),
            mismatch -> afterwards.differs(page, mismatch, sample.whole()));
      }
    }
  }

  /** What the old path did, so that it can be compared. */
  public static PathAnswer old(PathFinding.Compared compared) {
    return answer(compared.ending(), compared.old());
  }

  /** What the new path would have done, so that it can be compared. */
  public static PathAnswer dry(PathFinding.Compared compared) {
    return answer(compared.ending(), compared.dry());
  }

  private static PathAnswer answer(String ending, Map<String, @Nullable Object> places) {
    Map<String, @Nullable Object> comparable = new TreeMap<>(places);
    comparable.replaceAll((_, value) ->
        value instanceof PathBody body
            ? new Body(body.octets(), body.type(), body.encoding())
            : value);
    return new PathAnswer(ending, comparable);
  }

  private static ShadowedCall call(PathSample sample) {
    var traffic = sample.traffic();
    return new ShadowedCall(
        REQUEST,
        new TreeMap<>(sample.request()),
        Traffic.of(traffic.keys(), traffic.route(), traffic.method(), traffic.status()));
  }
}
