package dev.banyan.gateway;

import dev.banyan.api.Phase;
import dev.banyan.fiber.Fiber;
import org.jspecify.annotations.Nullable;

/** Owned by its worker's loop: the fake request of a timer. */
final class TimerRequest extends ClientlessRequest {
  private final String origin;

  /** A request for a timer that was created where {@link #origin()} was asked. */
  TimerRequest(GatewayWorker worker, String origin) {
    super(worker, "ngx.timer");
    this.origin = origin;
  }

  /** What the log tells of the client whose request creates a timer now; "" where there is none. */
  static String origin() {
    Fiber fiber = Fiber.currentOrNull();
    @Nullable Object owner = fiber == null ? null : fiber.local();
    return switch (owner) {
      case Request r ->
          ", client: "
              + r.client().address()
              + ", server: "
              + Addresses.listening(r.client().local());
      case TimerRequest timer -> timer.origin;
      case null, default -> "";
    };
  }

  @Override
  String logContext() {
    return super.logContext() + origin;
  }

  @Override
  public Phase phase() {
    return Phase.TIMER;
  }
}
