package dev.banyan.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Thread-safe: makes what loops poll with, such that each keeps its {@link Backlog} and its {@link
 * Submissions}, says when it has nothing to do, and closes its connections when it stops.
 */
final class WatchedIo implements IoHandlerFactory {
  private final IoHandlerFactory plain;
  private final boolean gathers;
  private final Runnable atRest;
  private final Map<ThreadAwareExecutor, Watched> made = new ConcurrentHashMap<>();

  /**
   * Loops of this method.
   *
   * @param atRest run by a loop that is about to wait for its sockets as it has nothing else to do
   */
  WatchedIo(IoMethod method, Runnable atRest) {
    this.plain = method.handlers();
    this.gathers = method == IoMethod.IO_URING;
    this.atRest = atRest;
  }

  @Override
  public IoHandler newHandler(ThreadAwareExecutor executor) {
    Watched watched = new Watched(plain.newHandler(executor), new Submissions(gathers), atRest);
    made.put(executor, watched);
    return watched;
  }

  @Override
  public boolean isChangingThreadSupported() {
    return plain.isChangingThreadSupported();
  }

  /**
   * What a loop that was made with this polls with; asked for once.
   *
   * <p>Netty (4.2.18) closes a stopping loop's connections if it was told to stop before it looks
   * for that, between its poll and its tasks. Told while it works on tasks, it would end with its
   * connections open: so they are closed again at its end.
   */
  Watched take(SingleThreadEventExecutor loop) {
    Watched watched = made.remove(loop);
    if (watched == null) {
      throw new IllegalArgumentException("not a loop that was made with this");
    }
    loop.addShutdownHook(watched::prepareToDestroy);
    return watched;
  }

  /** Owned by its loop: polls as the plain one does, and looks at the clock before and after. */
  static final class Watched implements IoHandler, IoHandlerContext {
    private final IoHandler plain;
    private final Submissions submissions;
    private final Backlog backlog;
    private final Runnable atRest;
    private @Nullable IoHandlerContext context;

    Watched(IoHandler plain, Submissions submissions, Runnable atRest) {
      this.plain = plain;
      this.submissions = submissions;
      this.atRest = atRest;
      this.backlog = new Backlog(submissions.gathers() ? Backlog.SENT : Backlog.ASLEEP);
    }

    /** How long what the loop turns to may have waited. */
    Backlog backlog() {
      return backlog;
    }

    /** Who waits until what was sent is on its way. */
    Submissions submissions() {
      return submissions;
    }

    @Override
    public void initialize() {
      plain.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
      this.context = context;
      if (context.canBlock()) {
        atRest.run();
      }
      backlog.polls(System.nanoTime());
      submissions.begin();
      int handled = plain.run(this);
      submissions.end();
      return handled;
    }

    /** The loop's own, which only a poll asks for. */
    private IoHandlerContext loop() {
      return Objects.requireNonNull(context);
    }

    /** Asked between a poll that found something and what is done about it. */
    @Override
    public boolean shouldReportActiveIoTime() {
      backlog.polled(System.nanoTime());
      return loop().shouldReportActiveIoTime();
    }

    @Override
    public void reportActiveIoTime(long nanos) {
      loop().reportActiveIoTime(nanos);
    }

    @Override
    public boolean canBlock() {
      return !submissions.isAwaited() && loop().canBlock();
    }

    @Override
    public long delayNanos(long now) {
      return loop().delayNanos(now);
    }

    @Override
    public long deadlineNanos() {
      return loop().deadlineNanos();
    }

    @Override
    public void prepareToDestroy() {
      submissions.begin();
      submissions.end();
      plain.prepareToDestroy();
    }

    @Override
    public void destroy() {
      plain.destroy();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
      return plain.register(handle);
    }

    @Override
    public void wakeup() {
      plain.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
      return plain.isCompatible(type);
    }
  }
}
