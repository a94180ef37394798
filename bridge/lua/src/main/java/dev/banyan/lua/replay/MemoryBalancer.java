package dev.banyan.lua.replay;

import dev.banyan.lua.ngx.RequestHost;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: a balancer that writes down what was chosen. */
public final class MemoryBalancer implements RequestHost.BalancerHost {
  private final StringBuilder chosen = new StringBuilder();
  private final @Nullable String failure;
  private final int failureStatus;

  MemoryBalancer(@Nullable String failure, int failureStatus) {
    this.failure = failure;
    this.failureStatus = failureStatus;
  }

  /** What was chosen, in words; empty for nothing. */
  public String chosen() {
    return chosen.toString();
  }

  @Override
  public void currentPeer(String host, int port) {
    chosen.append(" peer ").append(host).append(':').append(port);
  }

  @Override
  public void checkPeer(String host, int port) {
    // any address that the legacy's own list holds
  }

  @Override
  public int moreTries(int count) {
    chosen.append(" tries ").append(count);
    return count;
  }

  @Override
  public void timeouts(
      @Nullable Duration connect, @Nullable Duration send, @Nullable Duration read) {
    chosen.append(" timeouts ").append(connect).append(send).append(read);
  }

  @Override
  public @Nullable String lastFailure() {
    return failure;
  }

  @Override
  public int lastFailureStatus() {
    return failureStatus;
  }

  @Override
  public void recreateRequest() {
    chosen.append(" recreate");
  }

  @Override
  public void keepAlive(@Nullable Duration idle, int maxRequests) {
    chosen.append(" keep ").append(idle).append(maxRequests);
  }
}
