package dev.banyan.gateway;

import dev.banyan.nginx.SrcacheSettings;
import dev.banyan.nginx.script.BuiltinVariable;
import dev.banyan.nginx.script.Template;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its request's loop: what the srcache module keeps of a request that came to the end of
 * the access phase, until an internal redirect.
 */
final class Srcache {
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
  private boolean asked;
  private boolean fromCache;
  private boolean storing;
  private boolean skipped;
  private long validUntil;
  private int storedStatus;
  private long bodyLength;
  private @Nullable Request store;

  /** A subrequest asked for what is kept. */
  void asked() {
    asked = true;
  }

  /** The answer is what was kept. */
  void fromCache() {
    fromCache = true;
  }

  boolean isFromCache() {
    return fromCache;
  }

  /** Begins to keep an answer of this status, whose head it is. */
  void begin(int status, String head) {
    storing = true;
    storedStatus = status;
    kept.writeBytes(Octets.bytes(head));
  }

  /** Whether the answer is kept. */
  boolean isStoring() {
    return storing;
  }

  void drop() {
    storing = false;
    kept.reset();
  }

  /** The answer isn't kept, whatever it becomes. */
  void skip() {
    skipped = true;
  }

  boolean isSkipped() {
    return skipped;
  }

  void add(byte[] octets) {
    kept.writeBytes(octets);
    bodyLength += octets.length;
  }

  /** All of the answer so far, its head included. */
  byte[] octets() {
    return kept.toByteArray();
  }

  /** Octets that are kept so far, with those of the head. */
  long length() {
    return kept.size();
  }

  long bodyLength() {
    return bodyLength;
  }

  int storedStatus() {
    return storedStatus;
  }

  /** Since when it has expired, in seconds; 0 for not told. */
  void validUntil(long seconds) {
    validUntil = seconds;
  }

  long validUntil() {
    return validUntil;
  }

  /** The subrequest that keeps the answer, to be served before the request ends. */
  void store(@Nullable Request subrequest) {
    store = subrequest;
  }

  @Nullable Request store() {
    return store;
  }

  /** Whether a text with variables says yes. */
  static boolean says(@Nullable Template flag, Request r) {
    String text = flag == null ? "" : flag.evaluate(r);
    return !text.isEmpty() && !text.equals("0");
  }

  /** The values of the module's variables. */
  static @Nullable String variable(Request r, BuiltinVariable which) {
    Srcache state = r.srcache();
    return switch (which) {
      case SRCACHE_EXPIRE -> state == null || !state.storing ? null : expire(r, state);
      case SRCACHE_FETCH_STATUS ->
          state == null ? "BYPASS" : state.fromCache ? "HIT" : state.asked ? "MISS" : "BYPASS";
      case SRCACHE_STORE_STATUS -> state != null && state.storing ? "STORE" : "BYPASS";
      default -> throw new IllegalArgumentException("not of the srcache module: $" + which.text());
    };
  }

  private static String expire(Request r, Srcache state) {
    SrcacheSettings settings = r.location().settings().srcache();
    long seconds =
        state.validUntil == 0
            ? settings.defaultExpire().toSeconds()
            : state.validUntil - r.worker().nowMillis() / 1000;
    long most = settings.maxExpire().toSeconds();
    return Long.toString(most > 0 ? Math.min(seconds, most) : seconds);
  }
}
