package dev.banyan.transport;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Loop;
import dev.banyan.fiber.Promise;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Names as the system resolves them, hosts file included. Thread-safe.
 *
 * <p>The system's call blocks, so it runs on the executor that is given, whose bounds are its own.
 */
public final class SystemResolver implements NameResolver {
  private final Executor executor;

  /** Resolves on {@code executor}. */
  public SystemResolver(Executor executor) {
    this.executor = executor;
  }

  @Override
  public List<InetAddress> resolve(String name, Duration timeout) {
    Loop loop = Fiber.current().loop();
    Promise<List<InetAddress>> answer = new Promise<>();
    try {
      executor.execute(() -> lookUp(name, loop, answer));
      return answer.await(timeout);
    } catch (TimeoutException e) {
      throw failure("110: Operation timed out", e);
    } catch (RejectedExecutionException e) {
      throw new TransportException(
          TransportException.Kind.LIMIT, true, "too many names are being resolved", e);
    }
  }

  private static void lookUp(String name, Loop loop, Promise<List<InetAddress>> answer) {
    try {
      List<InetAddress> addresses = List.of(InetAddress.getAllByName(name));
      loop.execute(() -> answer.complete(addresses));
    } catch (UnknownHostException e) {
      loop.execute(() -> answer.fail(failure("3: Host not found", e)));
    }
  }

  private static TransportException failure(String detail, Throwable cause) {
    return new TransportException(TransportException.Kind.RESOLVE, true, detail, cause);
  }
}
