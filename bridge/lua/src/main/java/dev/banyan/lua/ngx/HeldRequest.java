package dev.banyan.lua.ngx;

import dev.banyan.api.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Owned by its loop: a request of HTTP/1.1 that no connection stands behind. Its head, its body and
 * the answer that becomes of it are held in memory.
 */
public abstract class HeldRequest implements RequestHost {
  private final Headers requestHeaders = new Headers();
  private final Headers responseHeaders = new Headers();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private String method = "GET";
  private String uri = "/";
  private String args = "";
  private byte @Nullable [] incoming;
  private byte @Nullable [] body;
  private boolean bodyRead;
  private int status;
  private boolean headersSent;
  private boolean explicitType;
  private boolean eof;
  private byte[] chunk = {};
  private boolean last;
  private @Nullable Object state;

  /** A request for {@code /} without fields and without a body. */
  protected HeldRequest() {}

  /** The body that is there to be read. */
  protected final void incoming(byte @Nullable [] octets) {
    incoming = octets;
  }

  /** The answer's head is on its way. */
  protected final void beginsAnswered() {
    headersSent = true;
  }

  /** The answer's body so far, as octets. */
  public final String printed() {
    return output.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public @Nullable Object luaState() {
    return state;
  }

  @Override
  public void luaState(@Nullable Object next) {
    state = next;
  }

  @Override
  public String method() {
    return method;
  }

  @Override
  public void method(String next) {
    method = next;
  }

  @Override
  public String uri() {
    return uri;
  }

  @Override
  public void uri(String next) {
    uri = next;
  }

  @Override
  public String args() {
    return args;
  }

  @Override
  public void args(String next) {
    args = next;
  }

  @Override
  public double httpVersion() {
    return 1.1;
  }

  @Override
  public boolean internal() {
    return false;
  }

  @Override
  public boolean subrequest() {
    return false;
  }

  @Override
  public Headers requestHeaders() {
    return requestHeaders;
  }

  @Override
  public void readBody() {
    bodyRead = true;
    body = incoming;
  }

  @Override
  public void discardBody() {
    bodyRead = true;
    body = null;
  }

  @Override
  public byte @Nullable [] bodyData() {
    return body;
  }

  @Override
  public @Nullable String bodyFile() {
    return null;
  }

  @Override
  public boolean bodyRead() {
    return bodyRead;
  }

  @Override
  public void setBody(byte[] bytes) {
    body = bytes;
  }

  @Override
  public StreamSocket requestSocket(boolean raw) {
    throw new NgxFailure("no body");
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public void status(int next) {
    status = next;
  }

  @Override
  public boolean headersSent() {
    return headersSent;
  }

  @Override
  public Headers responseHeaders() {
    return responseHeaders;
  }

  @Override
  public void defaultContentType() {
    if (!explicitType && !responseHeaders.contains("Content-Type")) {
      responseHeaders.add("Content-Type", defaultType());
    }
  }

  @Override
  public String defaultType() {
    return "text/plain";
  }

  @Override
  public void explicitField(String name) {
    explicitType |= name.equalsIgnoreCase("Content-Type");
  }

  @Override
  public void sendHeaders() {
    if (!headersSent) {
      defaultContentType();
      headersSent = true;
      status = status == 0 ? 200 : status;
    }
  }

  @Override
  public void print(byte[] piece) {
    sendHeaders();
    output.writeBytes(piece);
  }

  @Override
  public void flush(boolean wait) {}

  @Override
  public void eof() {
    sendHeaders();
    eof = true;
  }

  @Override
  public boolean eofSent() {
    return eof;
  }

  @Override
  public byte[] filterChunk() {
    return chunk;
  }

  @Override
  public void filterChunk(byte[] piece) {
    chunk = piece;
  }

  @Override
  public boolean filterEof() {
    return last;
  }

  @Override
  public void filterEof(boolean next) {
    last = next;
  }
}
