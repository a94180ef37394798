package dev.banyan.server.inventory;

import dev.banyan.lua.LuaOutline;
import dev.banyan.lua.LuaUse;
import dev.banyan.lua.ngx.ApiEntry;
import dev.banyan.server.check.LegacyLua;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Immutable: what a module's text mentions of the world around it.
 *
 * @param api functions of {@code ngx.*} and of Lua's libraries that reach outside
 * @param ctxReads keys of {@code ngx.ctx} that it mentions without setting them
 * @param ctxWrites keys of {@code ngx.ctx} that it sets
 * @param varReads nginx variables that it mentions without setting them
 * @param varWrites nginx variables that it sets
 * @param dicts shared dicts; {@code ?} for one whose name is put together
 */
public record Touches(
    Set<String> api,
    Set<String> ctxReads,
    Set<String> ctxWrites,
    Set<String> varReads,
    Set<String> varWrites,
    Set<String> dicts) {
  private static final String CTX = "ngx.ctx.";
  private static final String VAR = "ngx.var.";
  private static final String SHARED = "ngx.shared";

  /** Makes the sets unmodifiable. */
  public Touches {
    api = Collections.unmodifiableSet(new TreeSet<>(api));
    ctxReads = Collections.unmodifiableSet(new TreeSet<>(ctxReads));
    ctxWrites = Collections.unmodifiableSet(new TreeSet<>(ctxWrites));
    varReads = Collections.unmodifiableSet(new TreeSet<>(varReads));
    varWrites = Collections.unmodifiableSet(new TreeSet<>(varWrites));
    dicts = Collections.unmodifiableSet(new TreeSet<>(dicts));
  }

  static Touches of(LegacyLua.Read read) {
    Touches touches = new Touches.Sets().read(read);
    return touches;
  }

  /** Owned by one call: the sets while they are filled. */
  private static final class Sets {
    private final Set<String> api = new TreeSet<>();
    private final Set<String> ctxReads = new TreeSet<>();
    private final Set<String> ctxWrites = new TreeSet<>();
    private final Set<String> varReads = new TreeSet<>();
    private final Set<String> varWrites = new TreeSet<>();
    private final Set<String> dicts = new TreeSet<>();

    Touches read(LegacyLua.Read read) {
      for (LuaUse use : read.uses()) {
        if (!use.module()) {
          api(use.name());
        }
      }
      for (LuaOutline.Mention mention : read.outline().mentions()) {
        mention(mention);
      }
      return new Touches(api, ctxReads, ctxWrites, varReads, varWrites, dicts);
    }

    private void api(String name) {
      Optional<ApiEntry> entry = LegacyLua.entry(name);
      entry
          .filter(e -> e.kind() != ApiEntry.Kind.CONSTANT && e.kind() != ApiEntry.Kind.PROPERTY)
          .ifPresent(e -> api.add(e.name()));
    }

    private void mention(LuaOutline.Mention mention) {
      String name = mention.name();
      if (name.startsWith(CTX)) {
        (mention.written() ? ctxWrites : ctxReads).add(key(name, CTX));
      } else if (name.startsWith(VAR)) {
        (mention.written() ? varWrites : varReads).add(key(name, VAR));
      } else if (name.startsWith(SHARED)) {
        dicts.add(name.length() > SHARED.length() ? key(name, SHARED + ".") : "?");
      }
    }

    private static String key(String name, String prefix) {
      String rest = name.substring(prefix.length());
      for (int i = 0; i < rest.length(); i++) {
        if (rest.charAt(i) == '.' || rest.charAt(i) == ':') {
          return rest.substring(0, i);
        }
      }
      return rest;
    }
  }
}
