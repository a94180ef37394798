package dev.banyan.server.samples;

import dev.banyan.nginx.syntax.SystemReason;
import dev.banyan.router.parity.Mismatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * For any thread: keeps redacted mismatches on disk, one JSON object a line. Offering never waits
 * and never throws: a flood is thinned, a slow disk drops, a full one fails, all counted.
 */
public final class SampleStore implements AutoCloseable {
  /** Samples that wait for the disk. */
  public static final int QUEUE = 256;

  /** Samples of one second; a wrong port under load must not wear the disk out. */
  public static final int PER_SECOND = 100;

  private static final Logger LOG = LoggerFactory.getLogger(SampleStore.class);
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);
  private static final Duration POLL = Duration.ofMillis(200);

  private static final Duration TIDYING = Duration.ofMinutes(1);

  /** How long a disk that refused is left alone. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final BlockingQueue<Mismatch> queue = new ArrayBlockingQueue<>(QUEUE);
  private final LongAdder written = new LongAdder();
  private final LongAdder thinned = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final AtomicBoolean closing = new AtomicBoolean();
  private final JsonMapper json = new JsonMapper();
  private final Function<Mismatch, ?> tree;
  private final Clock clock;
  private final boolean keeps;
  private final RotatedFile file;
  private final Thread writer;
  private final Path folder;
  private long tidied;
  private long second;
  private int ofSecond;

  /**
   * Of the writer: how many samples had failed when the disk began to refuse them; below 0, it
   * doesn't.
   */
  private long failedBefore = -1;

  /**
   * Starts; the folder is made with the first sample.
   *
   * @param tree what is written of a sample, as JSON
   */
  public SampleStore(Path folder, StoreRules rules, Function<Mismatch, ?> tree, Clock clock) {
    this.tree = tree;
    this.clock = clock;
    this.folder = folder;
    this.keeps = rules.files() > 0;
    this.file = new RotatedFile(folder, rules, clock);
    this.writer = Thread.ofPlatform().daemon().name("banyan-samples").unstarted(this::run);
    if (keeps) {
      writer.start();
    }
  }

  /** Takes a sample, if there is room for it. */
  public void offer(Mismatch sample) {
    if (!keeps) {
      return;
    }
    if (!withinSecond()) {
      thinned.increment();
    } else if (closing.get() || !queue.offer(sample)) {
      dropped.increment();
    }
  }

  private synchronized boolean withinSecond() {
    long now = clock.instant().getEpochSecond();
    if (now != second) {
      second = now;
      ofSecond = 0;
    }
    ofSecond++;
    return ofSecond <= PER_SECOND;
  }

  private void run() {
    try {
      while (!closing.get() || !queue.isEmpty()) {
        Mismatch sample = queue.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
        if (sample != null) {
          write(sample);
        } else if (isTimeToTidy()) {
          tidy();
        }
      }
      file.close();
    } catch (InterruptedException e) {
      LOG.warn("{} samples are not on disk: the process ends", queue.size());
    } catch (IOException e) {
      LOG.warn("the file of samples can't be closed: {}", e.getMessage());
    }
  }

  private boolean isTimeToTidy() {
    long now = System.nanoTime();
    boolean due = tidied == 0 || now - tidied >= TIDYING.toNanos();
    tidied = due ? now : tidied;
    return due;
  }

  /** What is old is forgotten though nothing new comes. */
  private void tidy() {
    try {
      if (Files.isDirectory(folder)) {
        file.tidy();
      }
    } catch (IOException | RuntimeException e) { // the next time is another try
      LOG.warn("old samples can't be removed: {}", e.getMessage());
    }
  }

  private void write(Mismatch sample) throws InterruptedException {
    try {
      String line = json.writeValueAsString(tree.apply(sample)) + "\n";
      file.append(line.getBytes(StandardCharsets.UTF_8));
      written.increment();
      recovered();
    } catch (IOException | RuntimeException e) {
      refused(e);
      pause();
    }
  }

  /** Told once, for as long as the disk refuses samples. */
  private void refused(Exception why) {
    if (failedBefore < 0) {
      failedBefore = failed.sum();
      LOG.warn(
          "samples can't be written to {} for now ({}): free the disk, or set \"files: 0\" of"
              + " \"parity.store\"",
          folder,
          why instanceof IOException e ? SystemReason.of(e) : why.getMessage());
    }
    failed.increment();
  }

  private void recovered() {
    if (failedBefore >= 0) {
      LOG.info(
          "samples are written to {} again; {} were lost", folder, failed.sum() - failedBefore);
      failedBefore = -1;
    }
  }

  private void pause() throws InterruptedException {
    long end = System.nanoTime() + PAUSE.toNanos();
    while (!closing.get() && System.nanoTime() < end) {
      Thread.sleep(POLL);
    }
  }

  /** What became of the samples so far. */
  public StoreCounts counts() {
    return new StoreCounts(written.sum(), thinned.sum(), dropped.sum(), failed.sum(), queue.size());
  }

  /** Writes what waits, for as long as {@code CLOSE_GRACE}; a disk that hangs is left behind. */
  @Override
  public void close() {
    closing.set(true);
    try {
      if (keeps && !writer.join(CLOSE_GRACE)) {
        LOG.warn("the disk doesn't take the samples; {} are lost", queue.size());
        writer.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
