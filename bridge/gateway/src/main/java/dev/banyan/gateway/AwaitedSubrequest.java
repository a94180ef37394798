package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Promise;

/** A subrequest that a filter waits for, before it goes on with the body of its request. */
final class AwaitedSubrequest {
  private AwaitedSubrequest() {}

  /**
   * Serves it by a fiber of its own, which ends with the one that waits.
   *
   * @param purpose names the fiber
   */
  static void serve(Request sub, String purpose, PhaseEngine.Entry entry) {
    Promise<Boolean> done = new Promise<>();
    Fiber fiber =
        Fiber.start(
            sub.worker().loop(),
            purpose,
            () -> {
              try {
                Fiber.current().attach(sub);
                PhaseEngine.serve(sub, entry);
              } finally {
                done.complete(true);
              }
            });
    try {
      done.await();
    } finally {
      fiber.kill("the request that waits for it has ended");
    }
  }
}
