package dev.banyan.cli;

import dev.banyan.router.flags.Match;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

@Command(
    name = "flag",
    description = "Changes a module's mode for the next request.",
    footer = {
      "",
      "Examples:",
      "  banyan flag edge.waf shadow --why \"first look\"",
      "  banyan flag edge.waf canary --percent 5 --match tenant=acme --why \"parity is 99.99%%\""
    })
final class FlagCommand implements Callable<Integer> {
  @Mixin AdminOptions admin = new AdminOptions();
  @Mixin Signature signature = new Signature();
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "NAME", description = "The module, such as edge.waf.")
  String module = "";

  @Parameters(index = "1", paramLabel = "MODE", description = "lua, shadow, canary or java.")
  String mode = "";

  @Option(
      names = "--why",
      required = true,
      paramLabel = "REASON",
      description = "The reason, for the audit log.")
  String why = "";

  @Option(
      names = "--percent",
      paramLabel = "N",
      description = "The canary's share of the users, 0 to 100 in steps of 0.01.")
  @Nullable String percent;

  @Option(
      names = "--match",
      paramLabel = "CONDITION",
      description =
          "Only requests with tenant=NAME, path=/PREFIX or header.NAME=VALUE; \"all\" lifts the"
              + " conditions. May be given several times.")
  List<String> match = new ArrayList<>();

  @Option(
      names = "--seen",
      paramLabel = "VERSION",
      description =
          "The flags' version that you have seen (banyan audit): refused when this flag has changed"
              + " since. Without it, a change of somebody else's in the last five minutes refuses"
              + " yours. A change to lua is never refused.")
  @Nullable Long seen;

  @Option(names = "--anyway", description = "Overrides whatever somebody else has set meanwhile.")
  boolean anyway;

  @Override
  public Integer call() {
    Map<String, Object> body = new LinkedHashMap<>(signature.body(why));
    body.put("mode", mode);
    if (percent != null) {
      body.put(
          "percent", percent.endsWith("%") ? percent.substring(0, percent.length() - 1) : percent);
    }
    if (!match.isEmpty()) {
      body.put("match", conditions());
    }
    AdminClient client = admin.connect();
    Paper paper = new Paper(spec.commandLine().getOut());
    String overridden = "";
    boolean isHeldBack = !anyway && !mode.equals("lua"); // nothing stands in the way of a roll-back
    if (isHeldBack && seen != null) {
      body.put("version", seen);
    } else if (isHeldBack) {
      StandingFlag standing = standing(client);
      body.put("version", standing.version());
      overridden = admin.json ? "" : standing.text();
    }
    JsonNode entry = client.put(AdminClient.module(module, "/flag"), body);
    if (!overridden.isEmpty()) {
      paper.line("%s", overridden);
    }
    AuditLines.print(paper, client, entry, admin.json);
    if (!admin.json && (mode.equals("java") || mode.equals("canary"))) {
      String warning =
          UnreachedText.warning(client.get(AdminClient.module(module, "/lines")), module);
      if (!warning.isEmpty()) {
        paper.line("%s", warning);
      }
    }
    return ExitCodes.OK;
  }

  /** What would be overridden, and is no news to who asks. */
  private StandingFlag standing(AdminClient client) {
    StandingFlag standing = StandingFlag.of(client, module);
    standing.refuseNews(signature.who, Instant.now());
    return standing;
  }

  private Map<String, Object> conditions() {
    try {
      Match parsed = match.equals(List.of("all")) ? Match.ALL : Match.parse(match);
      return Map.of("tenant", parsed.tenants(), "path", parsed.paths(), "header", parsed.headers());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(ExitCodes.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
