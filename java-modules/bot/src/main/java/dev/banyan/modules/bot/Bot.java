package dev.banyan.modules.bot;

import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Var;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import dev.banyan.modules.edge.ClientAddress;
import dev.banyan.modules.edge.Recurring;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sorts clients by their User-Agent, and refuses the sorts that a tenant doesn't want. */
@LuaModule("edge.bot")
@Writes(
    ctx = {"client_ip", "bot", "blocked_by"},
    vars = {"bot_class", "edge_action"},
    requestHeaders = "X-Bot-Class",
    responseHeaders = {"Content-Type", "X-Edge-Reason"})
public final class Bot implements Port {
  private static final Recurring<String> CLASSES = new Recurring<>(new AgentClasses()::of);

  /** What most clients of a sort get. */
  private static final Recurring<Decision> SORTED =
      new Recurring<>(name ->
          Decision.next()
              .setVar("bot_class", name)
              .setCtx("bot", name)
              .setRequestHeader("X-Bot-Class", name));

  /** Where the good ones come from, by their own documentation. */
  private static final List<Network> NETWORKS =
      List.of(
          new Network("googlebot", List.of("66.249.")),
          new Network("bingbot", List.of("40.77.", "157.55.", "207.46.")),
          new Network("yandexbot", List.of("5.255.", "77.88.")));

  private record Network(String name, List<String> prefixes) {}

  /** What a call reads. */
  public record Input(
      @Var("http_user_agent") @Nullable String agent,
      @Ctx("client_ip") @Nullable String knownClient,
      @Var("http_x_forwarded_for") @Nullable String forwardedFor,
      @Var("remote_addr") @Nullable String peer,
      @Ctx("tenant") @Nullable View tenant) {}

  /** Replaces {@code bot.classify(agent)}. */
  @Function("classify")
  public String classify(@Nullable String agent) {
    if (agent == null || agent.isEmpty()) {
      return "none";
    }
    return CLASSES.of(agent);
  }

  /** Replaces {@code bot.access()}. */
  @Handler(value = "access", phase = Phase.ACCESS)
  public Decision access(Input in) {
    View tenant = in.tenant();
    if (tenant == null) {
      return Decision.decline("no tenant");
    }
    Decision decision = Decision.next();
    String agent = in.agent();
    String name = classify(agent);
    if (name.equals("good") && agent != null) {
      String client = ClientAddress.of(in.knownClient(), in.forwardedFor(), in.peer());
      if (client == null) {
        return Decision.decline("no address");
      }
      decision = ClientAddress.kept(decision, in.knownClient(), client);
      if (impostor(agent, client)) {
        name = "impostor";
      }
    }
    boolean blocked = blocked(tenant.view("block_bots"), name);
    if (!blocked && decision.effectCount() == 0) {
      return SORTED.of(name);
    }
    decision = decision.setVar("bot_class", name).setCtx("bot", name);
    if (!blocked) {
      return decision.setRequestHeader("X-Bot-Class", name);
    }
    return decision
        .setCtx("blocked_by", "bot")
        .setVar("edge_action", "deny")
        .setResponseHeader("Content-Type", "text/plain; charset=utf-8")
        .setResponseHeader("X-Edge-Reason", "bot:" + name)
        .responding(403, "automated access is not allowed\n");
  }

  private static boolean blocked(@Nullable View list, String name) {
    if (list == null) {
      return name.equals("bad");
    }
    for (int i = 1; i <= list.length(); i++) {
      if (name.equals(list.at(i))) {
        return true;
      }
    }
    return false;
  }

  /** A client that says it is googlebot but comes from elsewhere is lying. */
  private static boolean impostor(String agent, String client) {
    String lower = agent.toLowerCase(java.util.Locale.ROOT);
    for (Network network : NETWORKS) {
      if (lower.contains(network.name())) {
        return network.prefixes().stream().noneMatch(client::startsWith);
      }
    }
    return false;
  }
}
