package dev.banyan.nginx;

import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.script.Variable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who may: {@code allow}, {@code deny}, {@code auth_basic}, {@code auth_request}. */
public record AccessSettings(
    List<Rule> rules,
    @Nullable Template basicRealm,
    @Nullable Template basicUserFile,
    @Nullable String authRequestUri,
    List<AuthVariable> authRequestVariables) {
  public AccessSettings {
    rules = List.copyOf(rules);
    authRequestVariables = List.copyOf(authRequestVariables);
  }

  /**
   * {@code allow} or {@code deny}; the network is null for {@code all}, {@code unix} for sockets.
   */
  public record Rule(boolean allow, @Nullable Cidr network, boolean unix) {}

  /** {@code auth_request_set}. */
  public record AuthVariable(Variable variable, Template value) {}

  /** Whether an address may pass: the first rule that fits decides, and none allows. */
  public static boolean allowed(List<Rule> rules, byte @Nullable [] address) {
    for (Rule rule : rules) {
      boolean all = rule.network() == null && !rule.unix();
      boolean fits = all || (address == null ? rule.unix() : inside(rule.network(), address));
      if (fits) {
        return rule.allow();
      }
    }
    return true;
  }

  private static boolean inside(@Nullable Cidr network, byte[] address) {
    return network != null && network.contains(address);
  }
}
