package dev.banyan.transport;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The event loops of this process. Thread-safe.
 *
 * <p>Each loop's thread has a large stack ({@link #STACK_BYTES}, reserved and not committed),
 * because Lua recurses on it.
 */
public final class Workers implements AutoCloseable {
  /** Stack of a loop's thread. */
  public static final long STACK_BYTES = 256L << 20;

  /** The most that is taken from a socket at a time. */
  static final int READ_BYTES = 64 << 10;

  /** The most loops that were replaced and have not ended: each has a stack and a Lua machine. */
  public static final int MAX_HELD = 16;

  private final IoMethod method;
  private final WatchedIo io;
  private final UnixDatagrams unixDatagrams;
  private final AtomicInteger started = new AtomicInteger();
  private final ThreadFactory threads =
      task ->
          new FastThreadLocalThread(
              null, task, "banyan-worker-" + started.getAndIncrement(), STACK_BYTES);
  private final Map<EventLoop, WorkerLoop> known = new ConcurrentHashMap<>();
  private final MultiThreadIoEventLoopGroup acceptor;
  private final Dealer dealer;
  private final Map<WorkerLoop, MultiThreadIoEventLoopGroup> substitutes =
      new ConcurrentHashMap<>();
  private volatile List<WorkerLoop> loops;
  private volatile boolean keepsAcceptor;

  /** Starts {@code count} loops that use what is standard on this machine. */
  public Workers(int count) {
    this(count, IoMethod.standard());
  }

  /** Starts {@code count} loops. */
  public Workers(int count, IoMethod method) {
    this(count, method, () -> {});
  }

  /**
   * Starts {@code count} loops.
   *
   * @param atRest run on a loop's thread, each time that it has nothing to do and is about to wait
   *     for its sockets; must not wait, nor throw
   */
  public Workers(int count, IoMethod method, Runnable atRest) {
    this.method = method;
    io = new WatchedIo(method, atRest);
    unixDatagrams = new UnixDatagrams(method);
    ThreadFactory accepting = task -> new FastThreadLocalThread(task, "banyan-acceptor");
    acceptor = new MultiThreadIoEventLoopGroup(1, accepting, method.handlers());
    dealer = new Dealer(count, threads, io);
    List<WorkerLoop> list = new ArrayList<>(count);
    for (EventExecutor executor : dealer) {
      list.add(known(executor, list.size()));
    }
    loops = List.copyOf(list);
    dealer.deal(loops);
  }

  private WorkerLoop known(EventExecutor executor, int index) {
    SingleThreadIoEventLoop eventLoop = (SingleThreadIoEventLoop) executor;
    WorkerLoop loop = new WorkerLoop(eventLoop, index, io.take(eventLoop), method, unixDatagrams);
    known.put(eventLoop, loop);
    return loop;
  }

  /** The loops that connections are dealt to, by their index. */
  public List<WorkerLoop> loops() {
    return loops;
  }

  /** How the loops wait for their sockets. */
  public IoMethod method() {
    return method;
  }

  /**
   * Starts a loop that can take the place of one that is held; nothing is dealt to it yet.
   *
   * @return the loop, or empty when {@link #MAX_HELD} others have not come to their end
   */
  public Optional<WorkerLoop> substitute(WorkerLoop held) {
    if (known.size() - loops.size() >= MAX_HELD) {
      return Optional.empty();
    }
    MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, threads, io);
    WorkerLoop fresh = known(group.next(), held.index());
    substitutes.put(fresh, group);
    return Optional.of(fresh);
  }

  /**
   * Deals new connections to {@code fresh} instead of to the loop of its index, and those as well
   * that were dealt to that one and that it has not taken.
   */
  public synchronized void deal(WorkerLoop fresh) {
    List<WorkerLoop> next = new ArrayList<>(loops);
    next.set(fresh.index(), fresh);
    loops = List.copyOf(next);
    dealer.deal(loops);
  }

  /** Ends a loop that nothing is dealt to any more. */
  public void end(WorkerLoop former) {
    known.remove(former.eventLoop());
    MultiThreadIoEventLoopGroup group = substitutes.remove(former);
    if (group == null) {
      former.eventLoop().shutdownGracefully(0, 1, TimeUnit.SECONDS);
    } else {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
  }

  /** The loop, of those that connections are dealt to, that has this thread. */
  public Optional<WorkerLoop> loopOf(Thread thread) {
    return loops.stream().filter(loop -> loop.eventLoop().inEventLoop(thread)).findFirst();
  }

  /** Who accepts connections: never one of the workers, which a call may hold. */
  MultiThreadIoEventLoopGroup acceptor() {
    return acceptor;
  }

  /** Who serves them. */
  MultiThreadIoEventLoopGroup dealer() {
    return dealer;
  }

  WorkerLoop loopOf(EventLoop eventLoop) {
    WorkerLoop loop = known.get(eventLoop);
    if (loop == null) {
      throw new IllegalArgumentException("not a loop of these workers");
    }
    return loop;
  }

  /** One buffer of at most {@link #READ_BYTES} for each read that was asked for. */
  static RecvByteBufAllocator receiveBuffers() {
    return new AdaptiveRecvByteBufAllocator(256, 2048, READ_BYTES).maxMessagesPerRead(1);
  }

  /** Lets who accepts live as long as the process: its end would close sockets of another's. */
  void keepAcceptor() {
    keepsAcceptor = true;
  }

  /** Stops the loops, giving running tasks a moment. */
  public void stop(Duration patience) {
    long millis = Math.max(1, patience.toMillis());
    if (!keepsAcceptor) {
      acceptor.shutdownGracefully(0, millis, TimeUnit.MILLISECONDS);
    }
    dealer.shutdownGracefully(0, millis, TimeUnit.MILLISECONDS);
    unixDatagrams.stop(millis);
    substitutes
        .values()
        .forEach(group -> group.shutdownGracefully(0, millis, TimeUnit.MILLISECONDS));
  }

  @Override
  public void close() {
    stop(Duration.ofMillis(100));
  }
}
