package dev.banyan.gateway;

import dev.banyan.api.Phase;
import dev.banyan.fiber.Fiber;
import dev.banyan.nginx.LocationSettings;
import dev.banyan.transport.ConnectionNumbers;
import org.jspecify.annotations.Nullable;

/** Owned by its worker's loop: the fake request of a timer. */
final class TimerRequest extends ClientlessRequest {
  private final Origin origin;
  private final long connectionId = ConnectionNumbers.next();

  /**
   * Where a timer was created.
   *
   * @param told what the log tells of the client whose request did; "" where there was none
   * @param level the settings that held there
   */
  record Origin(String told, LocationSettings level) {}

  /** A request for a timer that was created where {@link #origin} was asked. */
  TimerRequest(GatewayWorker worker, Origin origin) {
    super(worker, "ngx.timer");
    this.origin = origin;
  }

  /** Where a timer is created now. */
  static Origin origin(GatewayWorker worker) {
    Fiber fiber = Fiber.currentOrNull();
    @Nullable Object owner = fiber == null ? null : fiber.local();
    return switch (owner) {
      case Request r ->
          new Origin(
              ", client: "
                  + r.client().address()
                  + ", server: "
                  + Addresses.listening(r.client().local()),
              r.location().settings());
      case TimerRequest timer -> timer.origin;
      case null, default -> new Origin("", worker.service().http().root());
    };
  }

  @Override
  long connectionId() {
    return connectionId;
  }

  @Override
  String logContext() {
    return super.logContext() + origin.told();
  }

  /** As in nginx, those of where it was created. */
  @Override
  LocationSettings level() {
    return origin.level();
  }

  @Override
  public Phase phase() {
    return Phase.TIMER;
  }
}
