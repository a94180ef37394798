package dev.banyan.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Thread-safe: makes what loops poll with, such that each keeps its {@link Backlog}. */
final class WatchedIo implements IoHandlerFactory {
  private final IoHandlerFactory plain;
  private final Map<ThreadAwareExecutor, Backlog> backlogs = new ConcurrentHashMap<>();

  WatchedIo(IoHandlerFactory plain) {
    this.plain = plain;
  }

  @Override
  public IoHandler newHandler(ThreadAwareExecutor executor) {
    Backlog backlog = new Backlog();
    backlogs.put(executor, backlog);
    return new Watched(plain.newHandler(executor), backlog);
  }

  @Override
  public boolean isChangingThreadSupported() {
    return plain.isChangingThreadSupported();
  }

  /** The backlog of a loop that was made with this; asked for once. */
  Backlog take(ThreadAwareExecutor loop) {
    Backlog backlog = backlogs.remove(loop);
    if (backlog == null) {
      throw new IllegalArgumentException("not a loop that was made with this");
    }
    return backlog;
  }

  /** Owned by its loop: polls as the plain one does, and looks at the clock before and after. */
  private static final class Watched implements IoHandler, IoHandlerContext {
    private final IoHandler plain;
    private final Backlog backlog;
    private @Nullable IoHandlerContext context;

    Watched(IoHandler plain, Backlog backlog) {
      this.plain = plain;
      this.backlog = backlog;
    }

    @Override
    public void initialize() {
      plain.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
      this.context = context;
      backlog.polls(System.nanoTime());
      return plain.run(this);
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
      return loop().canBlock();
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
