package dev.banyan.modules.routing;

import dev.banyan.api.Ctx;
import dev.banyan.api.DataFiles;
import dev.banyan.api.Decision;
import dev.banyan.api.Handler;
import dev.banyan.api.LastFailure;
import dev.banyan.api.Log;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Mirror;
import dev.banyan.api.Path;
import dev.banyan.api.PeerFailure;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Var;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import dev.banyan.modules.edge.ClientAddress;
import dev.banyan.modules.edge.TenantFeatures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Origin routing: groups of weighted origins, a stable choice by client, retries on the others. */
@LuaModule("edge.routing")
@Writes(
    ctx = {"client_ip", "route"},
    vars = "upstream_group",
    peer = true)
public final class Routing implements Port {
  private volatile OriginGroups groups = OriginGroups.EMPTY;

  /** What the choice of a group reads. */
  public record Input(
      @Path String uri,
      @Var("cookie_session") @Nullable String session,
      @Ctx("client_ip") @Nullable String knownClient,
      @Var("http_x_forwarded_for") @Nullable String forwardedFor,
      @Var("remote_addr") @Nullable String peer,
      @Ctx("tenant") @Nullable View tenant) {}

  /** What the choice of a peer reads. */
  public record Try(
      @Ctx("route") @Nullable View route, @LastFailure @Nullable PeerFailure failure) {}

  /** Follows {@code routing.load(path)}; a broken file leaves what is known, as in Lua. */
  @Mirror("load")
  public void load(String path, DataFiles files) throws IOException {
    groups = OriginGroups.read(new String(files.read(path), StandardCharsets.ISO_8859_1));
  }

  /** Replaces {@code routing.access()}. */
  @Handler(value = "access", phase = Phase.ACCESS)
  public Decision access(Input in) {
    View tenant = in.tenant();
    String name = tenant == null ? null : group(tenant, in.uri());
    OriginGroups.Group group = name == null ? null : groups.named(name);
    if (tenant == null || name == null || group == null) {
      return Decision.decline("no tenant or no group");
    }
    Decision decision = Decision.next();
    String key = TenantFeatures.has(tenant, "sticky_session") ? in.session() : null;
    String rest = "";
    if (key == null) {
      String client = ClientAddress.of(in.knownClient(), in.forwardedFor(), in.peer());
      if (client == null) {
        return Decision.decline("no address");
      }
      decision = ClientAddress.kept(decision, in.knownClient(), client);
      key = client;
      rest = String.valueOf(tenant.string("id"));
    }
    return decision
        .setCtx("route", group.route(name, group.pick(key, rest)))
        .setVar("upstream_group", group.name());
  }

  /** Replaces {@code routing.balance()}. */
  @Handler(value = "balance", phase = Phase.BALANCER)
  public Decision balance(Try in, Log log) {
    View route = in.route();
    View group = route == null ? null : route.view("group");
    View origins = group == null ? null : group.view("origins");
    if (route == null || group == null || origins == null) {
      return Decision.decline("no route");
    }
    Decision decision = Decision.next();
    int at = (int) route.number("at", 1);
    double tried = route.number("tried", 0);
    if (tried == 0) {
      if (origins.length() > 1) {
        decision = decision.allowMoreTries(origins.length() - 1);
      }
    } else {
      PeerFailure failure = in.failure();
      log.warn(
          "origin of group "
              + group.string("name")
              + " failed: "
              + (failure == null ? "? 0" : failure.state() + " " + failure.status()));
      at = at % origins.length() + 1;
    }
    if (!(origins.at(at) instanceof View origin) || origin.string("host") == null) {
      return Decision.decline("no origin");
    }
    return decision
        .setCtx("route", new Attempt(group, at, tried + 1))
        .setPeer(String.valueOf(origin.string("host")), (int) origin.number("port", 0));
  }

  /** Tenants move between groups path by path. */
  private static @Nullable String group(View tenant, String uri) {
    View routes = tenant.view("routes");
    for (int i = 1; routes != null && i <= routes.length(); i++) {
      if (routes.at(i) instanceof View route) {
        String prefix = route.string("prefix");
        if (prefix != null && uri.startsWith(prefix)) {
          return route.string("upstream");
        }
      }
    }
    return tenant.string("upstream");
  }
}
