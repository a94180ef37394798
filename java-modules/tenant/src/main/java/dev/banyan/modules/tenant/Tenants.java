package dev.banyan.modules.tenant;

import dev.banyan.api.Ctx;
import dev.banyan.api.DataFiles;
import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.Legacy;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Mirror;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Var;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who a request belongs to: by host, exact first, then by the longest wildcard suffix. */
@LuaModule("edge.tenant")
@Writes(
    ctx = "tenant",
    vars = {"tenant_id", "tenant_tier"},
    responseHeaders = "Content-Type")
public final class Tenants implements Port {
  private static final int MISDIRECTED = 421;

  private volatile TenantTable table = TenantTable.EMPTY;

  /** What a call reads. */
  public record Input(@Var("host") @Nullable String host) {}

  /** What the current tenant is read from. */
  public record Current(@Ctx("tenant") @Nullable View tenant) {}

  /** Follows {@code tenant.load(path)}; a broken file leaves what is known, as in Lua. */
  @Mirror("load")
  public void load(String path, DataFiles files) throws IOException {
    table = TenantTable.read(new String(files.read(path), StandardCharsets.ISO_8859_1));
  }

  /** Replaces {@code tenant.count()}. */
  @Function("count")
  public double count() {
    return table.count();
  }

  /** Replaces {@code tenant.current()}. */
  @Function("current")
  public @Nullable View current(Current in) {
    return in.tenant();
  }

  /** Replaces {@code tenant.rewrite()}. */
  @Handler(value = "rewrite", phase = Phase.REWRITE)
  public Decision rewrite(Input in) {
    String host = in.host() == null ? "" : lower(in.host());
    return table.decisions().of(host);
  }

  /** What becomes of the requests of a host, as long as the table stands. */
  static Decision decide(TenantTable table, String host) {
    Map<String, Object> tenant = table.lookup(host);
    if (tenant == null) {
      return Decision.next()
          .setResponseHeader("Content-Type", "text/plain")
          .responding(MISDIRECTED, "no such tenant: " + host + "\n");
    }
    Decision found =
        Decision.next()
            .setCtx("tenant", Legacy.of("lookup", host, tenant))
            .setVar("tenant_id", (String) tenant.get("id"))
            .setVar("tenant_tier", (String) tenant.get("tier"));
    Object suspended = tenant.get("suspended");
    return suspended == null || Boolean.FALSE.equals(suspended)
        ? found
        : found.redirectingInternally("@suspended", null);
  }

  /** Lower case of ASCII alone; host names are octets. */
  private static String lower(String host) {
    for (int i = 0; i < host.length(); i++) {
      if (host.charAt(i) > 127) {
        StringBuilder out = new StringBuilder(host);
        for (int k = 0; k < out.length(); k++) {
          char c = out.charAt(k);
          out.setCharAt(k, c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return out.toString();
      }
    }
    return host.toLowerCase(Locale.ROOT);
  }
}
