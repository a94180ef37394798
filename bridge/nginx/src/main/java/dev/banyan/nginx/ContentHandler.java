package dev.banyan.nginx;

import dev.banyan.nginx.script.LuaHandler;
import dev.banyan.nginx.script.Template;
import dev.banyan.nginx.script.Variable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What makes a location's response. */
public sealed interface ContentHandler {
  /** Files under the root, then nginx's index: what every location without another handler has. */
  record StaticFiles() implements ContentHandler {}

  /** {@code content_by_lua*}. */
  record Lua(LuaHandler handler) implements ContentHandler {}

  /**
   * {@code proxy_pass}.
   *
   * @param target where to; null when it is computed per request from {@code url}
   * @param url the address as written
   */
  record Proxy(@Nullable ProxyTarget target, Template url) implements ContentHandler {}

  /**
   * {@code fastcgi_pass}, {@code uwsgi_pass} or {@code scgi_pass}.
   *
   * @param target whose servers are asked; null when they are named per request
   * @param named the address as written
   */
  record Cgi(CgiProtocol protocol, @Nullable ProxyTarget target, Template named)
      implements ContentHandler {}

  /**
   * {@code grpc_pass}.
   *
   * @param target whose servers are asked; null when they are named per request
   * @param named the address as written
   */
  record Grpc(@Nullable ProxyTarget target, Template named) implements ContentHandler {}

  /**
   * {@code memcached_pass}.
   *
   * @param key {@code $memcached_key}
   * @param gzipFlag a value with this flag is compressed; 0 for none
   * @param settings how its servers are asked, in the words of the proxy module
   */
  record Memcached(ProxyTarget target, Template key, int gzipFlag, ProxySettings settings)
      implements ContentHandler {}

  /**
   * {@code memc_pass}.
   *
   * @param target whose servers are asked; null when an upstream is named per request
   * @param named the upstream as written
   * @param command {@code $memc_cmd}
   * @param words the other variables by their names
   */
  record Memc(
      @Nullable ProxyTarget target,
      Template named,
      Template command,
      MemcSettings settings,
      ProxySettings upstream,
      Map<String, Variable> words)
      implements ContentHandler {
    public Memc {
      words = Map.copyOf(words);
    }
  }

  /**
   * {@code redis2_pass}.
   *
   * @param target whose servers are asked; null when an upstream is named per request
   * @param named the upstream as written
   */
  record Redis(
      @Nullable ProxyTarget target, Template named, RedisQuery query, ProxySettings upstream)
      implements ContentHandler {}

  /** The echo module's directives, in their order. */
  record Echo(List<EchoCommand> commands) implements ContentHandler {
    public Echo {
      commands = List.copyOf(commands);
    }

    /** Whether the answers of other locations are a part of this one's. */
    public boolean subrequests() {
      return commands.stream().anyMatch(command -> command.kind().subrequests());
    }
  }

  /** {@code flv}. */
  record Flv() implements ContentHandler {}

  /** {@code empty_gif}. */
  record EmptyGif() implements ContentHandler {}

  /** {@code stub_status}. */
  record StubStatus() implements ContentHandler {}
}
