package dev.banyan.server.learn;

import dev.banyan.gateway.Recording;
import dev.banyan.lua.Coverage;
import dev.banyan.lua.seam.CallRecorder;
import dev.banyan.lua.seam.RecordedCall;
import dev.banyan.vectors.CoverageJson;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Thread-safe: one recording of a module, under way or ended. */
final class LearnSession implements CallRecorder {
  /** The longest body, answer or piece of a vector. */
  private static final int MAX_BODY = 64 * 1024;

  private static final int MOST_REASONS = 50;

  private final String module;
  private final LearnOptions options;
  private final ModuleText text;
  private final Sanitizer sanitizer;
  private final Instant began;
  private final long start;
  private final VectorChoice choice;
  private final Map<String, FunctionStats> functions = new TreeMap<>();
  private final Map<String, Long> leftOut = new TreeMap<>();
  private final Object ending = new Object();
  private volatile boolean hears = true;
  private volatile boolean open = true;
  private String ended = "";
  private @Nullable Recording recording;
  private Coverage coverage = Coverage.NONE;
  private long calls;

  LearnSession(String module, LearnOptions options, ModuleText text, Clock clock) {
    this.module = module;
    this.options = options;
    this.text = text;
    this.sanitizer = new Sanitizer(text, options.keep());
    this.began = clock.instant();
    this.start = System.nanoTime();
    this.choice = new VectorChoice(options.vectors());
  }

  /** Joins it with what hears the calls; no later than anybody may end it. */
  synchronized void begun(Recording begun) {
    recording = begun;
  }

  /**
   * Ends it, once; says why. Returns when it has ended: it is open until the workers have been told
   * to stop, so that the module's next recording, begun behind that, finds it free.
   */
  void end(String why) {
    synchronized (ending) {
      if (!open) {
        return;
      }
      hears = false;
      Recording going;
      synchronized (this) {
        going = recording;
      }
      Coverage last = going == null ? Coverage.NONE : close(going);
      synchronized (this) {
        coverage = last;
        ended = why;
        open = false;
      }
    }
  }

  private Coverage close(Recording going) {
    Coverage last = going.coverage();
    going
        .replaced()
        .forEach(function ->
            failed(
                function,
                "another module has replaced it meanwhile, and calls since then were not heard: begin"
                    + " again"));
    going.end();
    return last;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether other workers serve by now than those that it hears. */
  synchronized boolean isPast() {
    return recording != null && recording.isPast();
  }

  /** Whether its time is over. */
  boolean isOver() {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) >= options.seconds();
  }

  @Override
  public Set<String> variables() {
    return text.variables();
  }

  @Override
  public Set<String> members() {
    return text.members();
  }

  @Override
  public int maxBody() {
    return MAX_BODY;
  }

  @Override
  public boolean wants() {
    return hears;
  }

  @Override
  public boolean recorded(RecordedCall call) {
    RecordedCall clean;
    try {
      clean = sanitizer.sanitize(call);
    } catch (Sanitizer.LeftOut _) {
      sanitizer.refusals(call).forEach(reason -> failed(call.function(), reason));
      return false;
    }
    synchronized (this) {
      calls++;
      functions.computeIfAbsent(call.function(), _ -> new FunctionStats(text)).add(clean);
      return choice.offer(clean);
    }
  }

  @Override
  public synchronized void failed(String function, String reason) {
    String key = function + ": " + reason;
    if (leftOut.containsKey(key) || leftOut.size() < MOST_REASONS) {
      leftOut.merge(key, 1L, Long::sum);
    }
  }

  synchronized List<RecordedCall> vectors() {
    return choice.chosen();
  }

  /** What was learned so far. */
  Map<String, @Nullable Object> tree() {
    Recording going = recording;
    Coverage now = open && going != null ? going.coverage() : null;
    synchronized (this) {
      if (open && now != null) {
        coverage = now;
      }
      Map<String, @Nullable Object> tree = new LinkedHashMap<>();
      tree.put("module", module);
      tree.put("file", text.file().toString());
      tree.put("state", open ? "recording" : "ended");
      tree.put("ended", ended);
      tree.put("began", began.toString());
      tree.put("seconds", options.seconds());
      tree.put("calls", calls);
      tree.put("vectors", choice.chosen().size());
      tree.put("leftOut", new TreeMap<>(leftOut));
      tree.putAll(CoverageJson.write(coverage, text.lines()));
      tree.put("keeps", text.state());
      tree.put("api", text.api());
      Map<String, Object> each = new LinkedHashMap<>();
      functions.forEach((name, stats) -> each.put(name, stats.tree()));
      tree.put("functions", each);
      return tree;
    }
  }
}
