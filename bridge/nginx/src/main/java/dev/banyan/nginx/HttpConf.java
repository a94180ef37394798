package dev.banyan.nginx;

import dev.banyan.nginx.script.Variables;
import java.util.List;
import java.util.Map;

/**
 * The {@code http} block. Immutable.
 *
 * @param root the settings of the block itself: what holds before a server is known
 * @param listeners the sockets to open, with the servers behind each
 * @param upstreams by name
 * @param upstreamGroups those, and what else is passed to, in the order of the file
 * @param upstreamLists by name, what each {@code upstream_list} holds
 * @param logBuffers by the file of the log
 */
public record HttpConf(
    LocationSettings root,
    List<ServerConf> servers,
    List<Listener> listeners,
    Map<String, Upstream> upstreams,
    List<UpstreamGroup> upstreamGroups,
    Map<String, List<String>> upstreamLists,
    Variables variables,
    Map<String, LogFormat> logFormats,
    Map<String, LogBuffer> logBuffers,
    Charsets charsets,
    Map<String, LimitZone> requestZones,
    Map<String, LimitZone> connectionZones,
    Map<String, CachePath> cachePaths,
    LuaHttpSettings lua) {
  public HttpConf {
    servers = List.copyOf(servers);
    listeners = List.copyOf(listeners);
    upstreams = Map.copyOf(upstreams);
    upstreamGroups = List.copyOf(upstreamGroups);
    upstreamLists = Map.copyOf(upstreamLists);
    logFormats = Map.copyOf(logFormats);
    logBuffers = Map.copyOf(logBuffers);
    requestZones = Map.copyOf(requestZones);
    connectionZones = Map.copyOf(connectionZones);
    cachePaths = Map.copyOf(cachePaths);
  }
}
