package dev.banyan.modules.cachekey;

import dev.banyan.api.Arguments;
import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Path;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.QueryArgs;
import dev.banyan.api.RequestMethod;
import dev.banyan.api.Var;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import dev.banyan.modules.edge.LuaText;
import dev.banyan.modules.edge.Md5;
import dev.banyan.modules.edge.Recurring;
import dev.banyan.modules.edge.TextFinder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The key under which the cache tier behind the edge stores an answer. */
@LuaModule("edge.cache_key")
@Writes(vars = "cache_key", requestHeaders = "X-Cache-Key")
public final class CacheKey implements Port {
  private static final Pattern MOBILE =
      Pattern.compile("\\b(?:mobile|iphone|android)\\b", Pattern.CASE_INSENSITIVE);

  /** What {@link #MOBILE} can't match without. */
  private static final TextFinder MOBILE_NAMES =
      new TextFinder(List.of(Set.of("mobile", "iphone", "android")));

  private static final Recurring<Boolean> AGENTS = new Recurring<>(CacheKey::mobile);

  /** What a call reads. */
  public record Input(
      @RequestMethod String method,
      @Path String uri,
      @QueryArgs(max = 50) Arguments args,
      @Var("http_accept_encoding") @Nullable String acceptEncoding,
      @Var("http_user_agent") @Nullable String agent,
      @Ctx("user") @Nullable String user,
      @Ctx("tenant.id") @Nullable String tenant,
      @Ctx("tenant.cache") @Nullable View cache) {}

  /** Replaces {@code cache_key.build()}. */
  @Function("build")
  public String build(Input in) {
    String tenant = in.tenant();
    if (tenant == null) {
      throw new IllegalArgumentException("no tenant");
    }
    View cache = in.cache();
    String device = null;
    if (cache != null && cache.truthy("by_device")) {
      device = in.agent() != null && AGENTS.of(in.agent()) ? "m" : "d";
    }
    boolean byUser = cache != null && cache.truthy("by_user") && in.user() != null;
    Md5 digest =
        Md5.separatedBy('|')
            .add(in.method().equals("HEAD") ? "GET" : in.method())
            .add(tenant)
            .add(in.uri());
    addArguments(digest, in.args().entries(), cache == null ? null : cache.view("ignore_args"));
    return digest
        .add(encoding(in.acceptEncoding()))
        .add(device)
        .add(byUser ? "u:" + in.user() : null)
        .hex(Md5.DIGITS);
  }

  /** Replaces {@code cache_key.access()}. */
  @Handler(value = "access", phase = Phase.ACCESS)
  public Decision access(Input in) {
    String key = build(in);
    return Decision.next().setVar("cache_key", key).setRequestHeader("X-Cache-Key", key);
  }

  /** The arguments in one order, however the client ordered them. */
  private static void addArguments(
      Md5 digest, List<Arguments.Entry> entries, @Nullable View ignored) {
    Arguments.Entry only = null;
    int count = 0;
    for (int i = 0; i < entries.size(); i++) {
      if (!contains(ignored, entries.get(i).name())) {
        only = entries.get(i);
        count++;
      }
    }
    if (only == null) {
      digest.add("");
    } else if (count == 1) {
      digest.add(LuaText.escapeUri(only.name())).more("=").more(LuaText.escapeUri(value(only)));
    } else {
      digest.add(sorted(entries, ignored));
    }
  }

  private static String sorted(List<Arguments.Entry> entries, @Nullable View ignored) {
    List<String> list = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      Arguments.Entry entry = entries.get(i);
      if (!contains(ignored, entry.name())) {
        list.add(LuaText.escapeUri(entry.name()) + "=" + LuaText.escapeUri(value(entry)));
      }
    }
    Collections.sort(list);
    return String.join("&", list);
  }

  private static String value(Arguments.Entry entry) {
    return entry.value() == null ? "true" : entry.value();
  }

  private static boolean contains(@Nullable View names, String name) {
    for (int i = 1; names != null && i <= names.length(); i++) {
      if (name.equals(names.at(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean mobile(String agent) {
    return MOBILE_NAMES.scan(agent) != null && MOBILE.matcher(agent).find();
  }

  private static String encoding(@Nullable String accept) {
    if (accept == null) {
      return "id";
    }
    return accept.contains("br") ? "br" : accept.contains("gzip") ? "gz" : "id";
  }
}
