package dev.banyan.gateway;

import dev.banyan.lua.ngx.RequestHost;
import java.net.SocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Owned by one dry run: what its balancer's ports choose for one try; nobody is connected to. */
final class DryBalancer implements RequestHost.BalancerHost {
  private final PathSteps.@Nullable Failure failure;
  private @Nullable String peer;

  DryBalancer(PathSteps.@Nullable Failure failure) {
    this.failure = failure;
  }

  /** The address that was chosen, as logs show it; null for none. */
  @Nullable String peer() {
    return peer;
  }

  @Override
  public void currentPeer(String host, int port) {
    SocketAddress address = PeerAddress.of(host, port);
    peer = Addresses.text(address);
  }

  @Override
  public void checkPeer(String host, int port) {
    PeerAddress.of(host, port);
  }

  @Override
  public int moreTries(int count) {
    return count;
  }

  @Override
  public void timeouts(
      @Nullable Duration connect, @Nullable Duration send, @Nullable Duration read) {
    // how long a try may take is no part of what is sent
  }

  @Override
  public @Nullable String lastFailure() {
    return failure == null ? null : failure.state();
  }

  @Override
  public int lastFailureStatus() {
    return failure == null ? 0 : failure.status();
  }

  @Override
  public void recreateRequest() {
    // each try's request is composed anew
  }

  @Override
  public void keepAlive(@Nullable Duration idle, int maxRequests) {
    // nothing is connected
  }
}
