package dev.banyan.nginx;

import java.util.List;

/** {@code limit_req} and {@code limit_conn} of a level. */
public record LimitSettings(
    List<Request> requests,
    int requestStatus,
    LogSettings.Level requestLogLevel,
    boolean requestDryRun,
    List<Connection> connections,
    int connectionStatus,
    LogSettings.Level connectionLogLevel,
    boolean connectionDryRun) {
  public LimitSettings {
    requests = List.copyOf(requests);
    connections = List.copyOf(connections);
  }

  /**
   * One {@code limit_req}.
   *
   * @param delay how many excess requests are not delayed; {@link Integer#MAX_VALUE} is nodelay
   */
  public record Request(String zone, int burst, int delay) {}

  /** One {@code limit_conn}. */
  public record Connection(String zone, int limit) {}
}
