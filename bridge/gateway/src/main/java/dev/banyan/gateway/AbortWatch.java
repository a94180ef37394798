package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;

/** Owned by its request's loop: ends a proxying whose client leaves, unless that is ignored. */
final class AbortWatch {
  private boolean active;

  static AbortWatch start(Request r, boolean ignored) {
    AbortWatch watch = new AbortWatch();
    watch.active = !ignored && r.isMain() && !r.response().muted();
    if (watch.active) {
      Fiber fiber = Fiber.current();
      r.client()
          .exchange()
          .onClientGone(() -> {
            if (watch.active) {
              watch.active = false;
              fiber.interrupt(new ResponseAborted(HttpStatus.CLIENT_CLOSED));
            }
          });
    }
    return watch;
  }

  void stop() {
    active = false;
  }
}
