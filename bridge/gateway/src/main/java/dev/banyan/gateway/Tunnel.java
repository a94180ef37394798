package dev.banyan.gateway;

import dev.banyan.fiber.Fiber;
import dev.banyan.transport.RawSocket;
import dev.banyan.transport.TransportException;
import java.time.Duration;
import java.util.List;

/** A connection that was upgraded: octets pass both ways until either side ends. */
final class Tunnel {
  private Tunnel() {}

  static Verdict run(Request r, RawSocket origin, Duration timeout) {
    r.response().sendHead();
    r.response().sink().flush();
    RawSocket client = r.client().exchange().takeOver();
    r.tookOver();
    Fiber back = Fiber.start(r.worker().loop(), "upgraded", () -> copy(origin, client, timeout));
    copy(client, origin, timeout);
    client.close();
    origin.close();
    while (!back.isDone()) {
      Fiber.park(Duration.ofMillis(50));
    }
    return Verdict.answered();
  }

  private static void copy(RawSocket from, RawSocket to, Duration timeout) {
    try {
      while (from.fill(timeout)) {
        int size = from.buffered().size();
        to.send(List.of(from.buffered().take(size)), timeout);
      }
    } catch (TransportException e) {
      from.close(); // either side's end is the end of both
    }
    to.close();
  }
}
