package dev.banyan.transport;

import dev.banyan.fiber.Loop;
import dev.banyan.fiber.Promise;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Owned by one loop: a pool of cosockets, the one used last taken first. */
final class NamedPool implements SocketPool {
  private final WorkerSockets sockets;
  private final String name;
  private int size; // 0 until it is said
  private int backlog = -1;
  private final ArrayDeque<Idle> idle = new ArrayDeque<>();
  private final Set<RawChannel> counted = new HashSet<>();
  private final ArrayDeque<Promise<Boolean>> waiting = new ArrayDeque<>();
  private int connecting;

  /** A connection that rests, and the timer that ends its rest. */
  private record Idle(RawChannel socket, Loop.@Nullable Timer expiry) {}

  NamedPool(WorkerSockets sockets, String name) {
    this.sockets = sockets;
    this.name = name;
  }

  /** Sets the bounds of a pool that has none yet; a size of 0 leaves it without. */
  void bound(int most, int waits) {
    if (most < 0) {
      throw new IllegalArgumentException("a pool holds at least one connection: " + most);
    }
    if (size == 0 && most > 0) {
      size = most;
      backlog = waits;
    }
  }

  String name() {
    return name;
  }

  @Override
  public RawSocket connect(
      Supplier<? extends SocketAddress> target, @Nullable SocketAddress local, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      RawChannel resting = take();
      if (resting != null) {
        return resting;
      }
      if (backlog < 0 || counted.size() + connecting < size) {
        return open(target, local, timeout);
      }
      await(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
    }
  }

  private @Nullable RawChannel take() {
    for (Idle entry = idle.pollLast(); entry != null; entry = idle.pollLast()) {
      if (entry.expiry() != null) {
        entry.expiry().cancel();
      }
      entry.socket().takenFromPool();
      if (!entry.socket().dirty()) {
        return entry.socket();
      }
      entry.socket().close();
    }
    return null;
  }

  private RawChannel open(
      Supplier<? extends SocketAddress> target, @Nullable SocketAddress local, Duration timeout) {
    connecting++;
    RawChannel socket = null;
    try {
      socket = sockets.open(target.get(), local, timeout);
    } finally {
      connecting--;
      if (socket == null) {
        placeFreed();
      }
    }
    count(socket);
    return socket;
  }

  private void count(RawChannel socket) {
    if (counted.add(socket)) {
      socket.channel().closeFuture().addListener(_ -> gone(socket));
    }
  }

  private void gone(RawChannel socket) {
    counted.remove(socket);
    remove(socket);
    placeFreed();
  }

  /** Lets the first that waits go on; a pool that nobody uses is forgotten. */
  private void placeFreed() {
    if (!wakeOne() && counted.isEmpty() && connecting == 0) {
      sockets.forget(this);
    }
  }

  private void await(Duration timeout) {
    if (waiting.size() >= backlog) {
      throw new TransportException(
          TransportException.Kind.LIMIT, true, "too many waiting connect operations", null);
    }
    Promise<Boolean> turn = new Promise<>();
    waiting.add(turn);
    try {
      turn.await(timeout);
    } catch (TimeoutException e) {
      throw new TransportException(TransportException.Kind.TIMEOUT, true, "timeout", e);
    } finally {
      waiting.remove(turn);
    }
  }

  private boolean wakeOne() {
    Promise<Boolean> turn = waiting.poll();
    return turn != null && turn.complete(true);
  }

  @Override
  public @Nullable String keep(RawSocket socket, Duration rest, int most) {
    if (!(socket instanceof RawChannel raw) || !raw.isOpen() || !raw.channel().isActive()) {
      return "closed";
    }
    if (raw.busy()) {
      return "connection in dubious state";
    }
    PendingInput pending = PendingInput.of(raw.channel());
    if (pending == PendingInput.END || raw.hasEnded()) {
      return "closed";
    }
    if (raw.size() > 0) {
      return "unread data in buffer";
    }
    if (pending == PendingInput.OCTETS && !raw.isSecure()) {
      return "connection in dubious state"; // TLS has words of its own, which nobody reads here
    }
    bound(most, -1);
    count(raw);
    if (idle.size() >= size) {
      closeOldest();
    }
    Loop.Timer expiry = rest.isZero() ? null : sockets.loop().schedule(raw::close, rest);
    idle.addLast(new Idle(raw, expiry));
    raw.enterPool(() -> remove(raw));
    wakeOne();
    return null;
  }

  private void closeOldest() {
    Idle oldest = idle.pollFirst();
    if (oldest != null) {
      end(oldest);
    }
  }

  private static void end(Idle entry) {
    if (entry.expiry() != null) {
      entry.expiry().cancel();
    }
    entry.socket().close();
  }

  private void remove(RawChannel socket) {
    idle.removeIf(entry -> {
      boolean match = entry.socket() == socket;
      if (match && entry.expiry() != null) {
        entry.expiry().cancel();
      }
      return match;
    });
  }

  void closeIdle() {
    new ArrayList<>(idle).forEach(NamedPool::end);
    idle.clear();
  }

  @Override
  public int size() {
    return size;
  }
}
