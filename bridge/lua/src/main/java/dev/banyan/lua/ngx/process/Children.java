package dev.banyan.lua.ngx.process;

import dev.banyan.fiber.Loop;
import dev.banyan.lua.ngx.NgxFailure;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one worker's loop: the processes that its Lua has started. Whatever waits for a process
 * or its pipes waits on threads of its own; those that still live when the worker has ended are
 * killed, as nginx's are with their Lua.
 */
public final class Children implements AutoCloseable {
  private final Loop loop;
  private final Consumer<String> errors;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("child-", 0).factory());
  private final Set<Child> living = ConcurrentHashMap.newKeySet();
  private @Nullable Cleaner cleaner;

  /** The processes of a worker, which writes its errors to a log. */
  public Children(Loop loop, Consumer<String> errors) {
    this.loop = loop;
    this.errors = errors;
  }

  /**
   * Starts a process. One whose file can't be run ends with 1 at once, as a fork of nginx does that
   * finds nothing to become.
   *
   * @throws NgxFailure when the system starts no process
   */
  public Child start(Command command) {
    Process process;
    try {
      process = begin(Executables.builder(command), command);
    } catch (Executables.Absent | IOException e) {
      String reason = e instanceof IOException ? "8: Exec format error" : e.getMessage();
      errors.accept(
          "lua pipe child execvp() failed while executing "
              + command.arguments().getFirst()
              + " ("
              + reason
              + ")");
      process = substitute(command);
    }
    Child child = new Child(process, new Child.Rig(loop, threads, command, living::remove));
    living.add(child);
    child.watch();
    return child;
  }

  private static Process begin(ProcessBuilder builder, Command command) throws IOException {
    return builder.redirectErrorStream(command.mergeStderr()).start();
  }

  private static Process substitute(Command command) {
    try {
      return begin(new ProcessBuilder("/bin/sh", "-c", "exit 1"), command);
    } catch (IOException e) {
      throw new NgxFailure("fork failed: " + e.getMessage());
    }
  }

  /** Kills a process once nothing leads to its owner any more. */
  public void killWithout(Object owner, Child child) {
    Cleaner used = cleaner;
    if (used == null) {
      used = Cleaner.create();
      cleaner = used;
    }
    used.register(owner, child::abandon);
  }

  /** Kills what lives. */
  @Override
  public void close() {
    for (Child child : living) {
      child.kill();
    }
    threads.shutdown();
  }
}
