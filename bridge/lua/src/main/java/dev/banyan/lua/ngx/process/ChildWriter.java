package dev.banyan.lua.ngx.process;

import dev.banyan.fiber.Promise;
import dev.banyan.lua.ngx.NgxFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Owned by its loop: the pipe that a process reads from. */
public final class ChildWriter {
  /** What a pipe takes in one piece; a write that was given up goes on for at most that much. */
  private static final int PIECE = 4096;

  private final OutputStream out;
  private final Child.Rig rig;
  private final Lock order = new ReentrantLock(true);
  private final Turn use = new Turn();
  private boolean closed;
  private @Nullable Write current;
  private int writing;

  /** One call of {@code write}. */
  private static final class Write {
    final byte[] octets;
    final Promise<Boolean> turn = new Promise<>();
    volatile boolean cancelled;

    Write(byte[] octets) {
      this.octets = octets;
    }
  }

  ChildWriter(OutputStream out, Child.Rig rig) {
    this.out = out;
    this.rig = rig;
  }

  /** Whether it was closed on this side. */
  public boolean closed() {
    return closed;
  }

  /** Parks until the pipe has taken all; null {@code time} for however long. */
  public void write(byte[] octets, @Nullable Duration time) {
    if (closed) {
      throw new NgxFailure("closed");
    }
    if (use.taken()) {
      throw new NgxFailure("pipe busy writing");
    }
    Write write = new Write(octets);
    current = write;
    use.take();
    writing++;
    rig.threads().execute(() -> write(write));
    try {
      var _ = time == null ? write.turn.await() : write.turn.await(time);
    } catch (TimeoutException e) {
      throw new NgxFailure("timeout");
    } finally {
      write.cancelled = true;
      if (write.equals(current)) {
        current = null;
      }
      use.leave();
    }
  }

  /** On a thread that may wait: piece by piece, after the writes before it. */
  private void write(Write write) {
    boolean failed = false;
    order.lock();
    try {
      for (int at = 0; at < write.octets.length && !write.cancelled; at += PIECE) {
        out.write(write.octets, at, Math.min(PIECE, write.octets.length - at));
        out.flush();
      }
    } catch (IOException e) {
      failed = true; // nobody reads it
    } finally {
      order.unlock();
    }
    boolean broken = failed;
    rig.loop().execute(() -> written(write, broken));
  }

  private void written(Write write, boolean broken) {
    writing--;
    if (broken) {
      write.turn.fail(new NgxFailure("closed"));
    } else {
      write.turn.complete(true);
    }
    if (closed && writing == 0) {
      Pipes.close(out);
    }
  }

  /** Closes it, after the piece that is being written; who writes fails for {@code reason}. */
  public void close(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    Write write = current;
    if (write != null) {
      write.cancelled = true;
      write.turn.fail(new NgxFailure(reason));
    }
    if (writing == 0) {
      Pipes.close(out);
    }
  }
}
