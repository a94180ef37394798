package dev.banyan.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Thread-safe: the first loops of this process, which deals new connections in turn to the loops in
 * force. A connection is a loop's once that has taken it. One that waits for a loop which is held,
 * and which another takes the place of, goes to the other.
 */
final class Dealer extends MultiThreadIoEventLoopGroup {
  private final AtomicInteger turn = new AtomicInteger();

  /** Dealt and not taken: for a moment, but for what a held loop is waited for. */
  private final Set<Dealt> waiting = ConcurrentHashMap.newKeySet();

  private volatile List<WorkerLoop> inForce = List.of();

  Dealer(int count, ThreadFactory threads, IoHandlerFactory io) {
    super(count, threads, io);
  }

  /** Deals to these from now on, also what the others have not taken. */
  void deal(List<WorkerLoop> to) {
    inForce = to;
    for (Dealt one : waiting) {
      if (!inForce(one.loop)) {
        one.pass();
      }
    }
  }

  private boolean inForce(EventLoop loop) {
    for (WorkerLoop one : inForce) {
      if (one.eventLoop().equals(loop)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public IoEventLoop next() {
    List<WorkerLoop> to = inForce;
    return to.get(Math.floorMod(turn.getAndIncrement(), to.size())).eventLoop();
  }

  @Override
  public ChannelFuture register(Channel channel) {
    ChannelPromise taken = new DefaultChannelPromise(channel, ImmediateEventExecutor.INSTANCE);
    deal(channel, taken);
    return taken;
  }

  private void deal(Channel channel, ChannelPromise taken) {
    Dealt dealt = new Dealt(channel, taken, next());
    waiting.add(dealt);
    try {
      dealt.loop.execute(dealt);
    } catch (RejectedExecutionException e) { // the process stops
      waiting.remove(dealt);
      throw e;
    }
    if (!inForce(dealt.loop)) { // it was replaced meanwhile, perhaps before this one was there
      dealt.pass();
    }
  }

  /** One connection that waits for a loop to take it, or for another that gets it instead. */
  private final class Dealt implements Runnable {
    final Channel channel;
    final ChannelPromise taken;
    final EventLoop loop;
    private final AtomicBoolean gone = new AtomicBoolean();

    Dealt(Channel channel, ChannelPromise taken, EventLoop loop) {
      this.channel = channel;
      this.taken = taken;
      this.loop = loop;
    }

    private boolean takes() {
      waiting.remove(this);
      return gone.compareAndSet(false, true);
    }

    /** Runs on the loop. */
    @Override
    public void run() {
      if (takes()) {
        loop.register(channel).addListener(this::registered);
      }
    }

    private void registered(Future<? super Void> done) {
      if (done.isSuccess()) {
        taken.setSuccess();
      } else {
        taken.setFailure(done.cause());
      }
    }

    void pass() {
      if (takes()) {
        deal(channel, taken);
      }
    }
  }
}
