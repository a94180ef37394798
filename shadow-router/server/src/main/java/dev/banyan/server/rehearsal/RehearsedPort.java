package dev.banyan.server.rehearsal;

import dev.banyan.api.Arg;
import dev.banyan.api.Chunk;
import dev.banyan.api.Constant;
import dev.banyan.api.Ctx;
import dev.banyan.api.DataFiles;
import dev.banyan.api.Decision;
import dev.banyan.api.Dict;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LastChunk;
import dev.banyan.api.Log;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Mirror;
import dev.banyan.api.Path;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.ResponseHeader;
import dev.banyan.api.ResponseStatus;
import dev.banyan.api.Shared;
import dev.banyan.api.Var;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The port of {@code rehearsal.lua}, which stands beside the rehearsal's configuration. */
@LuaModule("rehearsal")
@Writes(
    ctx = {"client", "settings"},
    vars = "name",
    requestHeaders = "X-Client",
    responseHeaders = {"Retry-After", "X-Greeting", "X-Kind", "Content-Length"},
    chunk = true,
    peer = true)
public final class RehearsedPort implements Port {
  private static final Pattern PORT = Pattern.compile("\"port\": *([0-9]+)");
  private static final double MINUTE = 60;

  private volatile int port;

  /** Made by the service loader. */
  public RehearsedPort() {}

  /** What the way in reads. */
  public record Request(
      @Path String uri,
      @Arg("stop") @Nullable String stop,
      @Var("remote_addr") @Nullable String client) {}

  /** What the choice of a peer reads. */
  public record Try(@Ctx("settings") @Nullable View settings) {}

  /** What the way out reads. */
  public record Response(
      @ResponseHeader("Content-Type") @Nullable String kind,
      @Ctx("client") @Nullable String client) {}

  /** A piece of the body. */
  public record Piece(@Chunk byte[] octets, @LastChunk boolean last) {}

  /** What the log reads. */
  public record Outcome(@ResponseStatus int status) {}

  /** The module's version. */
  @Constant("_VERSION")
  public String version() {
    return "1";
  }

  /** Follows {@code rehearsal.load(path)}. */
  @Mirror("load")
  public void load(String path, DataFiles files) throws IOException {
    Matcher found = PORT.matcher(new String(files.read(path), StandardCharsets.ISO_8859_1));
    if (found.find()) {
      port = Integer.parseInt(found.group(1));
    }
  }

  /** Replaces {@code rehearsal.greeting(name)}. */
  @Function("greeting")
  public String greeting(String name) {
    return "hello " + name;
  }

  /** Replaces {@code rehearsal.rewrite()}. */
  @Handler(value = "rewrite", phase = Phase.REWRITE)
  public Decision rewrite(Request in, Log log) {
    log.warn("rewrites " + in.uri());
    return Decision.next()
        .setCtx("client", in.client())
        .setCtx("settings", Map.of("port", (double) port))
        .setVar("name", "ported")
        .setRequestHeader("X-Client", in.client());
  }

  /** Replaces {@code rehearsal.access()}. */
  @Handler(value = "access", phase = Phase.ACCESS)
  public Decision access(Request in, @Shared("kept") Dict kept) {
    String refusal = kept.set("last", in.uri(), MINUTE);
    kept.incr("calls", 1, 0);
    if (refusal != null) {
      return Decision.decline(refusal);
    }
    return in.stop() == null
        ? Decision.next()
        : Decision.next().setResponseHeader("Retry-After", "1").responding(403);
  }

  /** Replaces {@code rehearsal.balance()}. */
  @Handler(value = "balance", phase = Phase.BALANCER)
  public Decision balance(Try in) {
    View settings = in.settings();
    int to = settings == null ? port : (int) settings.number("port", port);
    return Decision.next().setPeer("127.0.0.1", to);
  }

  /** Replaces {@code rehearsal.header_filter()}. */
  @Handler(value = "header_filter", phase = Phase.HEADER_FILTER)
  public Decision headerFilter(Response in) {
    return Decision.next()
        .setResponseHeader("X-Greeting", greeting(in.client() == null ? "nobody" : in.client()))
        .setResponseHeader("X-Kind", in.kind())
        .setResponseHeader("Content-Length", (String) null);
  }

  /** Replaces {@code rehearsal.body_filter()}. */
  @Handler(value = "body_filter", phase = Phase.BODY_FILTER)
  public Decision bodyFilter(Piece in) {
    if (!in.last()) {
      return Decision.next();
    }
    byte[] octets = Arrays.copyOf(in.octets(), in.octets().length + 1);
    octets[in.octets().length] = '.';
    return Decision.next().setChunk(octets);
  }

  /** Replaces {@code rehearsal.log()}. */
  @Handler(value = "log", phase = Phase.LOG)
  public Decision log(Outcome in, @Shared("kept") Dict kept) {
    kept.incr("status:" + in.status(), 1, 0);
    return Decision.next();
  }
}
