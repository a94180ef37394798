package dev.banyan.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Thread-safe: writes log lines from a thread of its own, so that a slow disk never holds an event
 * loop. The queue is bounded; a line that finds it full is counted and dropped.
 */
final class LogWriter implements AutoCloseable {
  /** Lines that may wait. */
  static final int QUEUE_LINES = 65_536;

  /** Lines that are written between two flushes. */
  private static final int BATCH = 4096;

  static final String STDERR = "stderr";

  /**
   * How long lines gather while there are some, so that hardly a line costs a thread's waking: each
   * takes a processor from a worker.
   */
  private static final Duration GATHER = Duration.ofMillis(16);

  private static final Line END = new Line("", "end");
  private static final Line REOPEN = new Line("", "reopen");

  private final BlockingQueue<Line> queue = new ArrayBlockingQueue<>(QUEUE_LINES);
  private final LongAdder dropped = new LongAdder();
  private final Map<String, OutputStream> open = new HashMap<>();
  private final PrintStream stderr;
  private final Files files;
  private final Thread thread;

  private record Line(String target, String octets) {}

  /** Opens the file of a log to add to it. */
  @FunctionalInterface
  private interface Files {
    OutputStream open(String name) throws IOException;
  }

  LogWriter(PrintStream stderr) {
    this(stderr, name -> new BufferedOutputStream(new FileOutputStream(name, true)));
  }

  private LogWriter(PrintStream stderr, Files files) {
    this.stderr = stderr;
    this.files = files;
    this.thread = new Thread(this::run, "banyan-log");
    thread.setDaemon(true);
    thread.start();
  }

  /** One that writes nowhere. */
  static LogWriter dropping() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return new LogWriter(nowhere, _ -> OutputStream.nullOutputStream());
  }

  /** Queues a line, its newline included. */
  void write(String target, String line) {
    if (!queue.offer(new Line(target, line))) {
      dropped.increment();
    }
  }

  /**
   * Closes the files behind what is queued; each is opened anew, and made where it was moved away,
   * at its next line.
   */
  void reopen() {
    try {
      queue.put(REOPEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lines that were lost because the queue was full. */
  long dropped() {
    return dropped.sum();
  }

  private void run() {
    List<Line> batch = new ArrayList<>(BATCH);
    boolean ended = false;
    try {
      while (!ended) {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH);
        ended = writeAll(batch);
        batch.clear();
        if (!ended) {
          Thread.sleep(GATHER);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.values().forEach(this::close);
    }
  }

  private boolean writeAll(List<Line> batch) {
    boolean ended = false;
    for (Line line : batch) {
      if (!line.target().isEmpty()) {
        writeOne(line);
      } else if (line.equals(END)) {
        ended = true;
      } else {
        open.values().forEach(this::close);
        open.clear();
      }
    }
    open.forEach((target, out) -> {
      try {
        out.flush();
      } catch (IOException e) {
        complain(target, e);
      }
    });
    return ended;
  }

  private void writeOne(Line line) {
    try {
      OutputStream out = open.get(line.target());
      if (out == null) {
        out = line.target().equals(STDERR) ? stderr : files.open(line.target());
        open.put(line.target(), out);
      }
      out.write(Octets.bytes(line.octets()));
    } catch (IOException e) {
      complain(line.target(), e);
    }
  }

  private void complain(String target, IOException e) {
    dropped.increment();
    stderr.println("log \"" + target + "\" can't be written: " + e.getMessage());
  }

  private void close(OutputStream out) {
    try {
      if (!out.equals(stderr)) {
        out.close();
      }
    } catch (IOException e) {
      stderr.println("a log can't be closed: " + e.getMessage());
    }
  }

  /** Writes what is queued, then closes the files. */
  @Override
  public void close() {
    try {
      queue.put(END);
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
