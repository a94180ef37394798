package dev.banyan.nginx;

import java.util.Set;

/**
 * A {@code limit_except}: what holds for every method but those listed. Its rewrite program is
 * empty, and of the location's content only a proxy is inherited.
 *
 * @param methods the methods that it leaves alone
 * @param conf the block, over the location that it stands in
 */
public record LimitExcept(Set<String> methods, LocationConf conf) {
  public LimitExcept {
    methods = Set.copyOf(methods);
  }
}
