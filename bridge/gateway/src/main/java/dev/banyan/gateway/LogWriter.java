package dev.banyan.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.banyan.api.Line;
import dev.banyan.api.OctetBuffer;
import dev.banyan.nginx.LogBuffer;
import dev.banyan.nginx.Syslog;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: writes log lines from a thread of its own, so that a slow disk never holds an event
 * loop. The queue is bounded; a line that finds it full is counted and dropped.
 */
final class LogWriter implements AutoCloseable {
  static final String STDERR = "stderr";

  /**
   * How long lines gather while there are some, so that hardly a line costs a thread's waking: each
   * takes a processor from a worker.
   */
  private static final Duration GATHER = Duration.ofMillis(16);

  /** What a line's room may have grown to and be used again. */
  private static final int LARGEST_KEPT = 65_536;

  /** No file has these names. */
  private static final String END = "\0end";

  private static final String REOPEN = "\0reopen";

  private final LogQueue queue = new LogQueue();

  /** Where a thread puts down the line that it writes. */
  private final ThreadLocal<OctetBuffer> rooms = ThreadLocal.withInitial(OctetBuffer::new);

  private final LongAdder dropped = new LongAdder();
  private final Map<String, OutputStream> open = new HashMap<>();
  private final PrintStream stderr;
  private final Files files;
  private final VaryingLogs varying;
  private final Thread thread;
  private volatile List<String> standing = List.of();
  private volatile Map<String, LogBuffer> buffers = Map.of();

  /** Opens the file of a log to add to it. */
  @FunctionalInterface
  interface Files {
    OutputStream open(String name) throws IOException;
  }

  LogWriter(PrintStream stderr) {
    this(stderr, LogWriter::destination);
  }

  private LogWriter(PrintStream stderr, Files files) {
    this.stderr = stderr;
    this.files = files;
    this.varying = new VaryingLogs(files);
    this.thread = new Thread(this::run, "banyan-log");
    thread.setDaemon(true);
    thread.start();
  }

  private static OutputStream destination(String name) throws IOException {
    return Syslog.names(name)
        ? new SyslogOutput(Syslog.serverOf(name))
        : new LogFile(new FileOutputStream(name, true));
  }

  /** One that writes nowhere. */
  static LogWriter dropping() {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return new LogWriter(nowhere, _ -> OutputStream.nullOutputStream());
  }

  /** Queues a line, its newline included. */
  void write(String target, String line) {
    write(target, Line.of(line));
  }

  /** Queues a line; one that can't be put down is told and counted. */
  void write(String target, Line line) {
    write(target, null, line);
  }

  /** The same, for a log whose name has variables where {@code place} isn't null. */
  void write(String target, VaryingLogs.@Nullable Place place, Line line) {
    OctetBuffer room = rooms.get();
    room.clear();
    try {
      line.writeTo(room);
    } catch (RuntimeException e) {
      dropped.increment();
      write(STDERR, complaint(target, e) + "\n"); // no event loop waits for the terminal either
      return;
    }
    if (!queue.offer(target, place, room)) {
      dropped.increment();
    }
    if (room.capacity() > LARGEST_KEPT) {
      rooms.remove();
    }
  }

  /**
   * Closes the files behind what is queued, and opens those of the configuration anew, which makes
   * them where they were moved away; any other at its next line.
   */
  void reopen() {
    queue.put(REOPEN);
  }

  /** Says which files stand open and whose lines gather; holds from the next {@link #reopen}. */
  void standing(List<String> files, Map<String, LogBuffer> byFile) {
    standing = files;
    buffers = byFile;
  }

  /** Lines that were lost because the queue was full. */
  long dropped() {
    return dropped.sum();
  }

  private void run() {
    LogQueue.Batch batch = new LogQueue.Batch();
    boolean ended = false;
    try {
      while (!ended) {
        batch = queue.take(batch, due());
        ended = writeAll(batch);
        if (!ended && batch.count() > 0) {
          Thread.sleep(GATHER);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeAll();
    }
  }

  /** In how many nanoseconds lines that gather have to be written. */
  private long due() {
    long due = BufferedLog.NEVER;
    for (OutputStream out : open.values()) {
      if (out instanceof BufferedLog log) {
        due = Math.min(due, log.due());
      }
    }
    return due;
  }

  private void closeAll() {
    open.forEach(this::close);
    open.clear();
    settle(varying::close);
  }

  private void reopenAll() {
    closeAll();
    for (String target : standing) {
      try {
        opened(target);
      } catch (IOException | RuntimeException e) {
        complain(target, e);
      }
    }
  }

  private boolean writeAll(LogQueue.Batch batch) {
    boolean ended = false;
    for (int i = 0; i < batch.count(); i++) {
      switch (batch.target(i)) {
        case END -> ended = true;
        case REOPEN -> reopenAll();
        default -> writeOne(batch, i);
      }
    }
    open.forEach((target, out) -> {
      try {
        out.flush();
      } catch (IOException e) {
        complain(target, e);
      }
    });
    settle(varying::settle);
    return ended;
  }

  /** What is done with all files of logs whose names have variables. */
  @FunctionalInterface
  private interface Settling {
    void run() throws IOException;
  }

  private void settle(Settling settling) {
    try {
      settling.run();
    } catch (IOException e) {
      dropped.increment();
      stderr.println("a log can't be written: " + e.getMessage());
    }
  }

  private void writeOne(LogQueue.Batch batch, int line) {
    String target = batch.target(line);
    try {
      VaryingLogs.Place place = batch.place(line);
      OutputStream out = place == null ? opened(target) : varying.open(target, place);
      batch.octets.writeTo(out, batch.start(line), batch.end(line));
    } catch (IOException | RuntimeException e) { // such as of a name that no file can have
      complain(target, e);
    }
  }

  private OutputStream opened(String target) throws IOException {
    OutputStream out = open.get(target);
    if (out == null) {
      LogBuffer buffer = buffers.get(target);
      out = target.equals(STDERR) ? stderr : files.open(target);
      out = buffer == null ? out : new BufferedLog(out, buffer, System::nanoTime);
      open.put(target, out);
    }
    return out;
  }

  private void complain(String target, Exception e) {
    dropped.increment();
    stderr.println(complaint(target, e));
  }

  private static String complaint(String target, Exception e) {
    return "log \"" + target + "\" can't be written: " + e.getMessage();
  }

  private void close(String target, OutputStream out) {
    try {
      if (!out.equals(stderr)) {
        out.close();
      }
    } catch (IOException e) {
      complain(target, e);
    }
  }

  /** Writes what is queued, then closes the files. */
  @Override
  public void close() {
    queue.put(END);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
