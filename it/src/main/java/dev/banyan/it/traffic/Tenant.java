package dev.banyan.it.traffic;

import java.util.List;
import java.util.Set;

/**
 * What a caller of the legacy knows about a tenant.
 *
 * @param secret what its tokens are signed with; empty when it has none
 * @param issueKey what its own servers show to get tokens
 * @param authMode {@code none}, {@code optional} or {@code required}
 * @param wafMode {@code block}, {@code monitor} or {@code off}
 * @param threshold the score from which the WAF acts
 * @param burst how many requests a client may send at once
 */
public record Tenant(
    String id,
    List<String> hosts,
    Set<String> features,
    String secret,
    String issueKey,
    String authMode,
    String wafMode,
    int threshold,
    int burst,
    String upstream,
    boolean suspended,
    boolean hasRedirects,
    boolean hasFirewall,
    boolean hasBotPolicy) {
  /** Copies the collections. */
  public Tenant {
    hosts = List.copyOf(hosts);
    features = Set.copyOf(features);
  }

  /** Its first host. */
  public String host() {
    return hosts.get(0);
  }

  /** Whether a visitor without a token is welcome, as often as he likes. */
  public boolean easy() {
    return !suspended && burst > 100 && !authMode.equals("required");
  }
}
