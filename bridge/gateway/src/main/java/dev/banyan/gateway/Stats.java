package dev.banyan.gateway;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Thread-safe: what {@code stub_status} counts. */
final class Stats {
  private final LongAdder requests = new LongAdder();
  private final AtomicLong writing = new AtomicLong();
  private final java.util.function.IntSupplier connections;

  Stats(java.util.function.IntSupplier connections) {
    this.connections = connections;
  }

  void begin() {
    requests.increment();
    writing.incrementAndGet();
  }

  void end() {
    writing.decrementAndGet();
  }

  long active() {
    return connections.getAsInt();
  }

  long reading() {
    return 0;
  }

  long writing() {
    return writing.get();
  }

  long waiting() {
    return Math.max(0, active() - writing());
  }

  String page() {
    long total = Math.max(requests.sum(), active());
    return "Active connections: "
        + active()
        + " \nserver accepts handled requests\n "
        + total
        + " "
        + total
        + " "
        + requests.sum()
        + " \nReading: "
        + reading()
        + " Writing: "
        + writing()
        + " Waiting: "
        + waiting()
        + " \n";
  }
}
