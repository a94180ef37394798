package dev.banyan.lua.ngx.process;

import dev.banyan.fiber.Promise;
import dev.banyan.lua.ngx.NgxFailure;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its loop: a pipe that a process writes to. It is read when somebody wants to know, and
 * no farther than a buffer, so that the process is held up by who doesn't ask.
 */
public final class ChildReader {
  private static final int LARGEST_READ = 64 * 1024;

  private final InputStream in;
  private final Child.Rig rig;
  private byte[] octets = new byte[0];
  private int from;
  private int to;
  private boolean reading;
  private boolean ended;
  private boolean closed;
  private final Turn use = new Turn();
  private @Nullable Promise<Boolean> turn;

  ChildReader(InputStream in, Child.Rig rig) {
    this.in = in;
    this.rig = rig;
  }

  /** Whether it was closed on this side. */
  public boolean closed() {
    return closed;
  }

  /** Whether a read is under way. */
  public boolean busy() {
    return use.taken();
  }

  /** The running fiber begins to read. */
  public void begin() {
    use.take();
  }

  /** The running fiber has read. */
  public void end() {
    use.leave();
  }

  /** Whether no more will come. */
  public boolean ended() {
    return ended;
  }

  /** Received octets that nobody has taken. */
  public int available() {
    return to - from;
  }

  /** Position of an octet among the received ones, or -1. */
  public int indexOf(int octet) {
    for (int i = from; i < to; i++) {
      if (octets[i] == octet) {
        return i - from;
      }
    }
    return -1;
  }

  /** Takes the first {@code count} received octets. */
  public byte[] take(int count) {
    byte[] taken = Arrays.copyOfRange(octets, from, from + count);
    from += count;
    if (from == to) {
      from = 0;
      to = 0;
    }
    return taken;
  }

  /** Parks until more is there, or the end; null {@code time} for however long. */
  public void fill(@Nullable Duration time) {
    Promise<Boolean> mine = new Promise<>();
    turn = mine;
    if (!reading) {
      reading = true;
      rig.threads().execute(this::read);
    }
    try {
      var _ = time == null ? mine.await() : mine.await(time);
    } catch (TimeoutException e) {
      throw new NgxFailure("timeout");
    } finally {
      if (mine.equals(turn)) {
        turn = null;
      }
    }
  }

  /** On a thread that may wait: what is there, or the end. */
  private void read() {
    byte[] room = new byte[(int) Math.min(rig.command().bufferSize(), LARGEST_READ)];
    int count;
    try {
      count = in.read(room);
    } catch (IOException e) {
      count = -1; // closed on this side
    }
    int got = count;
    rig.loop().execute(() -> arrived(room, got));
  }

  private void arrived(byte[] room, int count) {
    reading = false;
    if (count < 0) {
      ended = true;
    } else {
      add(room, count);
    }
    Promise<Boolean> waiting = turn;
    if (waiting != null) {
      waiting.complete(true);
    }
  }

  private void add(byte[] room, int count) {
    if (to + count > octets.length) {
      int kept = to - from;
      byte[] larger = new byte[Math.max(kept + count, kept * 2)];
      System.arraycopy(octets, from, larger, 0, kept);
      octets = larger;
      from = 0;
      to = kept;
    }
    System.arraycopy(room, 0, octets, to, count);
    to += count;
  }

  /** Closes it; who reads fails for {@code reason}. Idempotent. */
  public void close(String reason) {
    if (closed) {
      return;
    }
    closed = true;
    Promise<Boolean> waiting = turn;
    if (waiting != null) {
      waiting.fail(new NgxFailure(reason));
    }
    Pipes.close(in);
  }
}
