package dev.banyan.cli.wholes;

import dev.banyan.gateway.path.PathSample;
import dev.banyan.gateway.path.PathShadow;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Thread-safe: hands requests that the old path has served to whoever asked them. */
final class Followed implements PathShadow {
  /** How long the end of a request is waited for once its answer is there. */
  private static final long PATIENCE_SECONDS = 2;

  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

  /** How a request ended. */
  sealed interface Ended {
    /** It can be run on the new path. */
    record Sampled(PathSample sample) implements Ended {}

    /** It can't, and why. */
    record Unmeasured(String reason) implements Ended {}
  }

  @Override
  public boolean wants() {
    return true;
  }

  @Override
  public List<String> classKeys() {
    return List.of();
  }

  @Override
  public void ended(PathSample sample) {
    ended.add(new Ended.Sampled(sample));
  }

  @Override
  public void withoutLua() {
    ended.add(new Ended.Unmeasured("no Lua serves it"));
  }

  @Override
  public void notMeasured(String reason) {
    ended.add(new Ended.Unmeasured(reason));
  }

  /** Forgets what has come. */
  void clear() {
    ended.clear();
  }

  /** The next; null when none comes. */
  @Nullable Ended next() throws InterruptedException {
    return ended.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
