package dev.banyan.duel.wire;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Confined to the client's event loop: the connections to a target under one name of TLS. There are
 * never more of them than cases in flight.
 */
final class LinkPool {
  private final Connector connector;
  private final String sni;
  private final int capacity;
  private final int carries;
  private final Deque<Slot> idle = new ArrayDeque<>();
  private final Set<Slot> all = new HashSet<>();
  private @Nullable Slot filling;

  LinkPool(Connector connector, String sni, Target.Scheme scheme, ClientOptions options) {
    this.connector = connector;
    this.sni = sni;
    this.capacity = scheme.isHttp2() ? ClientOptions.STREAMS : options.pipeline();
    this.carries = options.perConnection();
  }

  /** A connection, or one that is being made, and how many leases it has. */
  private final class Slot {
    private final CompletableFuture<Link> link = connector.connect(sni);
    private int leases;
    private int taken;

    Slot() {
      all.add(this);
    }

    boolean isFull() {
      return leases >= capacity || taken >= carries;
    }

    boolean isUsable() {
      return !link.isCompletedExceptionally()
          && taken < carries
          && (!link.isDone() || link.join().isOpen());
    }
  }

  /** The use of a connection for a case; without one when none could be made. */
  final class Lease {
    private final Slot slot;
    private final boolean kept;
    private final @Nullable Link link;
    private final String failure;

    private Lease(Slot slot, boolean kept, @Nullable Link link, String failure) {
      this.slot = slot;
      this.kept = kept;
      this.link = link;
      this.failure = failure;
    }

    Optional<Link> link() {
      return Optional.ofNullable(link);
    }

    String failure() {
      return failure;
    }

    /** The case needs it no more. */
    void end() {
      slot.leases--;
      boolean again = kept && slot.isUsable();
      if (again && slot.leases == 0 && !slot.equals(filling)) {
        idle.push(slot);
      } else if (!again && slot.leases == 0) {
        all.remove(slot);
        slot.link.thenAccept(Link::close);
      }
    }
  }

  /**
   * Leases a connection.
   *
   * @param shared whether other cases may use it at the same time, as far as the options say
   */
  void lease(boolean shared, Consumer<Lease> user) {
    Slot slot = shared && capacity > 1 ? shared() : kept();
    use(slot, true, user);
  }

  /** Leases a new connection that nobody else uses before or after. */
  void alone(Consumer<Lease> user) {
    use(new Slot(), false, user);
  }

  private Slot kept() {
    for (Slot slot = idle.poll(); slot != null; slot = idle.poll()) {
      if (slot.isUsable()) {
        return slot;
      }
      all.remove(slot);
    }
    return new Slot();
  }

  private Slot shared() {
    Slot current = filling;
    if (current == null || current.isFull() || !current.isUsable()) {
      current = kept();
      filling = current;
    }
    return current;
  }

  private void use(Slot slot, boolean kept, Consumer<Lease> user) {
    slot.leases++;
    slot.taken++;
    slot.link.whenComplete((link, failure) -> {
      String why = failure == null ? "" : String.valueOf(failure.getMessage());
      user.accept(new Lease(slot, kept, link, why));
    });
  }

  void close() {
    for (Slot slot : all) {
      slot.link.thenAccept(Link::close);
    }
    idle.clear();
  }
}
