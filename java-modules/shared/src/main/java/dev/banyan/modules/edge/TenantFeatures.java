package dev.banyan.modules.edge;

import dev.banyan.api.View;

/** The feature switches of a tenant. */
public final class TenantFeatures {
  private TenantFeatures() {}

  /** {@code tenant:has(feature)}: exactly true, nothing else counts. */
  public static boolean has(View tenant, String feature) {
    View features = tenant.view("features");
    return features != null && Boolean.TRUE.equals(features.get(feature));
  }
}
