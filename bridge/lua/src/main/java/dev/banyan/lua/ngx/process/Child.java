package dev.banyan.lua.ngx.process;

import dev.banyan.fiber.Loop;
import dev.banyan.fiber.Promise;
import dev.banyan.lua.ngx.NgxFailure;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Owned by its loop: a process that Lua has started, with its pipes. */
public final class Child {
  private static final int KILLED = 128;
  private static final int LAST_SIGNAL = 64;

  private final Process process;
  private final Rig rig;
  private final ChildReader stdout;
  private final ChildReader stderr;
  private final ChildWriter stdin;
  private final Promise<Exit> end = new Promise<>();
  private @Nullable Exit exit;
  private final Turn waiting = new Turn();
  private boolean finished;

  /** What a child runs on. */
  record Rig(Loop loop, Executor threads, Command command, Consumer<Child> gone) {}

  /**
   * How a process ended.
   *
   * @param signalled whether {@code status} is a signal's number, and not what it gave to exit()
   */
  public record Exit(boolean signalled, int status) {
    /** The JDK tells a signal as shells do. */
    static Exit of(int value) {
      boolean signal = value > KILLED && value <= KILLED + LAST_SIGNAL;
      return new Exit(signal, signal ? value - KILLED : value);
    }
  }

  Child(Process process, Rig rig) {
    this.process = process;
    this.rig = rig;
    this.stdout = new ChildReader(process.getInputStream(), rig);
    this.stderr = new ChildReader(process.getErrorStream(), rig);
    this.stdin = new ChildWriter(process.getOutputStream(), rig);
  }

  /** Learns of its end. */
  void watch() {
    process.onExit().thenAccept(ended -> rig.loop().execute(() -> ended(ended.exitValue())));
  }

  private void ended(int value) {
    exit = Exit.of(value);
    rig.gone().accept(this);
    end.complete(exit);
  }

  /** Its number. */
  public long pid() {
    return process.pid();
  }

  /** Whether what it says on stderr comes on stdout. */
  public boolean mergesStderr() {
    return rig.command().mergeStderr();
  }

  /** What it says. */
  public ChildReader stdout() {
    return stdout;
  }

  /** What it complains about. */
  public ChildReader stderr() {
    return stderr;
  }

  /** What it is told. */
  public ChildWriter stdin() {
    return stdin;
  }

  /** Whether its end was waited for: its pipes are closed then. */
  public boolean finished() {
    return finished;
  }

  /** Parks until it has ended, and closes its pipes; null {@code time} for however long. */
  public Exit await(@Nullable Duration time) {
    if (finished) {
      throw new NgxFailure("exited");
    }
    if (waiting.taken()) {
      throw new NgxFailure("pipe busy waiting");
    }
    waiting.take();
    try {
      Exit how = time == null ? end.await() : end.await(time);
      finish();
      return how;
    } catch (TimeoutException e) {
      throw new NgxFailure("timeout");
    } finally {
      waiting.leave();
    }
  }

  private void finish() {
    finished = true;
    stdin.close("closed");
    stdout.close("closed");
    stderr.close("closed");
  }

  /** Sends it a signal. */
  public void signal(int number) {
    if (finished || exit != null || !process.isAlive()) {
      throw new NgxFailure("exited");
    }
    if (number < 0 || number > LAST_SIGNAL) {
      throw new NgxFailure("invalid signal");
    }
    if (!Signals.send(process.pid(), number)) {
      throw new NgxFailure(process.isAlive() ? "Operation not permitted" : "exited");
    }
  }

  /** Kills it, from any thread. */
  void kill() {
    process.destroyForcibly();
  }

  /** Kills it and closes its pipes, from any thread. */
  void abandon() {
    kill();
    rig.loop().execute(this::finish);
  }
}
