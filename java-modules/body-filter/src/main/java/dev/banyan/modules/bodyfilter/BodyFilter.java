package dev.banyan.modules.bodyfilter;

import dev.banyan.api.Chunk;
import dev.banyan.api.Ctx;
import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LastChunk;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.ResponseHeader;
import dev.banyan.api.Results;
import dev.banyan.api.View;
import dev.banyan.api.Writes;
import dev.banyan.modules.edge.TenantFeatures;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hides e-mail addresses in HTML from harvesters: each becomes numeric entities. The body arrives
 * in pieces of any size; what may be the beginning of an address is held back for the next piece.
 */
@LuaModule("edge.body_filter")
@Writes(
    ctx = "email_filter",
    responseHeaders = {"Content-Length", "ETag"},
    chunk = true)
public final class BodyFilter implements Port {
  private static final String STATE = "email_filter";

  /** The body's length won't be what it was. */
  private static final Decision BEGIN =
      Decision.next()
          .setResponseHeader("Content-Length", (String) null)
          .setResponseHeader("ETag", (String) null)
          .setCtx(STATE, Map.of("held", "", "count", 0d));

  /** What a piece's room may grow to and be used again. */
  private static final int LARGEST_KEPT = 65_536;

  /** One for each thread, of the JDK's own so that no thread keeps a former port alive. */
  private final ThreadLocal<StringBuilder> rooms = ThreadLocal.withInitial(StringBuilder::new);

  /** What the head reads. */
  public record Head(
      @ResponseHeader("Content-Type") @Nullable String contentType,
      @ResponseHeader("Content-Encoding") @Nullable String contentEncoding,
      @Ctx("tenant") @Nullable View tenant) {}

  /** What a piece reads. */
  public record Piece(
      @Chunk byte[] bytes, @LastChunk boolean last, @Ctx(STATE) @Nullable State state) {}

  /** What a response's filter keeps between pieces. */
  public record State(@Nullable String held, double count) {}

  /** Replaces {@code body_filter.header_filter()}. */
  @Handler(value = "header_filter", phase = Phase.HEADER_FILTER)
  public Decision headerFilter(Head in) {
    View tenant = in.tenant();
    boolean wanted =
        tenant != null
            && TenantFeatures.has(tenant, "hide_emails")
            && in.contentType() != null
            && in.contentType().startsWith("text/html")
            && in.contentEncoding() == null;
    if (!wanted) {
      return Decision.next();
    }
    return BEGIN;
  }

  /** Replaces {@code body_filter.body_filter()}. */
  @Handler(value = "body_filter", phase = Phase.BODY_FILTER)
  public Decision bodyFilter(Piece in) {
    State state = in.state();
    if (state == null || state.held() == null) {
      return Decision.next();
    }
    String piece = new String(in.bytes(), StandardCharsets.ISO_8859_1);
    String text = state.held().isEmpty() ? piece : state.held() + piece;
    int keep = in.last() ? text.length() : Emails.safeEnd(text);
    StringBuilder out = rooms.get();
    out.setLength(0);
    if (out.capacity() > LARGEST_KEPT) {
      rooms.remove();
    }
    int count = Emails.hide(text, keep, out);
    String held = text.substring(keep);
    Decision decision = Decision.next();
    if (count > 0 || !held.equals(state.held())) {
      decision = decision.setCtx(STATE, Map.of("held", held, "count", state.count() + count));
    }
    return decision.setChunk(octets(out));
  }

  private static byte[] octets(StringBuilder text) {
    byte[] octets = new byte[text.length()];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) text.charAt(i);
    }
    return octets;
  }

  /** Replaces {@code body_filter.obfuscate(text)}. */
  @Function("obfuscate")
  public Results obfuscate(String text) {
    StringBuilder out = new StringBuilder(text.length() * 2);
    int count = Emails.hide(text, out);
    return Results.of(out.toString(), (double) count);
  }
}
