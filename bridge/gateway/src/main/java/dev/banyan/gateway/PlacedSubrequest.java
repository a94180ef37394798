package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.fiber.Promise;

/** A subrequest whose answer has its place in the body of the request that starts it. */
final class PlacedSubrequest {
  private PlacedSubrequest() {}

  /**
   * Starts it, when the request that asks for it next waits; complete once it has ended.
   *
   * @param purpose names the fiber
   */
  static Promise<Boolean> start(
      Request sub, PostponedOutput output, PostponedOutput.Turn turn, String purpose) {
    Promise<Boolean> done = new Promise<>();
    sub.worker()
        .loop()
        .execute(() -> {
          if (!output.stopped()) {
            output.started(
                Fiber.start(sub.worker().loop(), purpose, () -> serve(sub, output, turn, done)));
          }
        });
    return done;
  }

  private static void serve(
      Request sub, PostponedOutput output, PostponedOutput.Turn turn, Promise<Boolean> done) {
    try {
      Fiber.current().attach(sub);
      PhaseEngine.serve(sub, PhaseEngine.Entry.SERVER_REWRITE);
      if (sub.endsAll() || sub.isBroken()) {
        output.fail(); // nginx closes the client's connection for any of its requests
      }
    } finally {
      turn.end();
      done.complete(true);
    }
  }
}
