package dev.banyan.gateway;

import dev.banyan.api.Phase;

/** Owned by its worker's loop: the fake request of a timer. */
final class TimerRequest extends ClientlessRequest {
  TimerRequest(GatewayWorker worker) {
    super(worker, "ngx.timer");
  }

  @Override
  public Phase phase() {
    return Phase.TIMER;
  }
}
