package dev.banyan.nginx;

import dev.banyan.nginx.script.ConfRegex;
import dev.banyan.nginx.script.RewriteProgram;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A location, a server's own level or the block of an {@code if}, with everything it inherits
 * already merged in. Immutable.
 *
 * @param kind how it is chosen
 * @param name what the directive says: a prefix, a pattern, {@code @name}; empty for a server's own
 *     level; an {@code if} block has its location's
 * @param regex of a {@link LocationKind#REGEX} location; null otherwise
 * @param internal whether only internal redirects and subrequests may enter
 * @param autoRedirect whether a request for the prefix without its final slash is sent to it
 * @param rewrites the program of the rewrite phase; empty for a server's own level, whose program
 *     is {@link ServerConf#rewrites()}
 * @param content what makes the response
 * @param settings everything inherited
 * @param nested the locations inside of it
 * @param branches the blocks of its {@code if}s, by the number their instruction names
 * @param limitExcept its {@code limit_except}; null for none
 * @param file where it is written
 * @param line where it is written
 */
public record LocationConf(
    LocationKind kind,
    String name,
    @Nullable ConfRegex regex,
    boolean internal,
    boolean autoRedirect,
    RewriteProgram rewrites,
    ContentHandler content,
    LocationSettings settings,
    List<LocationConf> nested,
    List<LocationConf> branches,
    @Nullable LimitExcept limitExcept,
    String file,
    int line) {
  public LocationConf {
    nested = List.copyOf(nested);
    branches = List.copyOf(branches);
  }

  /** What holds for a request of a method: the location, or its {@code limit_except}. */
  public LocationConf forMethod(String method) {
    return limitExcept == null || limitExcept.methods().contains(method)
        ? this
        : limitExcept.conf();
  }

  /** What its directive says, with one space: {@code = /x}, {@code ~* \\.php$}, {@code @x}. */
  public String written() {
    return switch (kind) {
      case EXACT -> "= " + name;
      case PREFIX_OVER_REGEX -> "^~ " + name;
      case REGEX -> (regex != null && regex.caseless() ? "~* " : "~ ") + name;
      case PREFIX, NAMED, SERVER, IF, LIMIT_EXCEPT -> name;
    };
  }

  /** The core module's settings. */
  public CoreSettings core() {
    return settings.core();
  }

  /** The proxy module's settings. */
  public ProxySettings proxy() {
    return settings.proxy();
  }

  /** The settings of the module of a protocol. */
  public CgiSettings cgi(CgiProtocol protocol) {
    return Objects.requireNonNull(settings.cgi().get(protocol));
  }

  /** The grpc module's settings, in the words of the proxy module. */
  public ProxySettings grpc() {
    return settings.grpc();
  }

  /** The handlers of the Lua phases. */
  public LuaHandlers handlers() {
    return settings.handlers();
  }

  /** The lua module's settings. */
  public LuaLocationSettings lua() {
    return settings.lua();
  }
}
