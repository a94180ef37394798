package dev.banyan.modules.firewall;

import dev.banyan.api.Ctx;
import dev.banyan.api.DataFiles;
import dev.banyan.api.Decision;
import dev.banyan.api.Dict;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Mirror;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Results;
import dev.banyan.api.Shared;
import dev.banyan.api.Var;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import dev.banyan.modules.edge.ClientAddress;
import dev.banyan.modules.edge.Ipv4;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IP firewall: global and per-tenant CIDR lists, and bans that operators set at run time. */
@LuaModule("edge.firewall")
@Writes(
    ctx = {"client_ip", "blocked_by"},
    vars = "edge_action",
    responseHeaders = "X-Edge-Reason")
public final class Firewall implements Port {
  private volatile Ranges global = Ranges.NONE;

  /** What a call reads. */
  public record Input(
      @Ctx("client_ip") @Nullable String knownClient,
      @Var("http_x_forwarded_for") @Nullable String forwardedFor,
      @Var("remote_addr") @Nullable String peer,
      @Ctx("tenant") @Nullable View tenant) {}

  /** Follows {@code firewall.init(path)}: the global deny list. */
  @Mirror("init")
  public void init(String path, DataFiles files) throws IOException {
    String text = new String(files.read(path), StandardCharsets.ISO_8859_1);
    List<String> entries = new ArrayList<>();
    for (String line : text.split("\n")) {
      int comment = line.indexOf('#');
      String entry = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!entry.isEmpty()) {
        entries.add(entry);
      }
    }
    global = Ranges.of(entries);
  }

  /** Replaces {@code firewall.access()}. */
  @Handler(value = "access", phase = Phase.ACCESS)
  public Decision access(Input in, @Shared("bans") Dict bans) {
    View tenant = in.tenant();
    String client = ClientAddress.of(in.knownClient(), in.forwardedFor(), in.peer());
    if (tenant == null || client == null) {
      return Decision.decline("no tenant or no address");
    }
    Decision known = ClientAddress.kept(Decision.next(), in.knownClient(), client);
    String reason = reason(client, tenant, bans);
    if (reason == null) {
      return known;
    }
    return known
        .setCtx("blocked_by", "firewall")
        .setVar("edge_action", "deny")
        .setResponseHeader("X-Edge-Reason", reason)
        .responding(403);
  }

  /** Replaces {@code firewall.reason(ip, tenant)}: null when the address may pass. */
  @Function("reason")
  public @Nullable String reason(String address, View tenant, @Shared("bans") Dict bans) {
    Object ban = bans.get(address);
    if (ban != null && !Boolean.FALSE.equals(ban)) {
      return "banned";
    }
    long number = Ipv4.number(address);
    if (number < 0) {
      return null;
    }
    View conf = tenant.view("firewall");
    Ranges allow = list(conf, "allow");
    if (allow.covering(number) != null) {
      return null;
    }
    String hit = list(conf, "deny").covering(number);
    if (hit != null) {
      return "tenant:" + hit;
    }
    hit = global.covering(number);
    if (hit != null) {
      return "global:" + hit;
    }
    boolean closed = conf != null && "deny".equals(conf.string("default"));
    return closed && !allow.isEmpty() ? "not-allowed" : null;
  }

  /** Replaces {@code firewall.parse_cidr(cidr)}. */
  @Function("parse_cidr")
  public Results parseCidr(String cidr) {
    Ranges.Range range = Ranges.parse(cidr);
    return range.fault() == null
        ? Results.of((double) range.first(), (double) range.last())
        : Results.failure(range.fault());
  }

  private static Ranges list(@Nullable View conf, String name) {
    View list = conf == null ? null : conf.view(name);
    if (list == null || list.length() == 0) {
      return Ranges.NONE;
    }
    List<String> entries = new ArrayList<>(list.length());
    for (int i = 1; i <= list.length(); i++) {
      entries.add(String.valueOf(list.at(i)));
    }
    return Ranges.of(entries);
  }
}
