package dev.banyan.transport;

import dev.banyan.fiber.Fiber;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Mapping;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.Objects;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Owned by its connection's loop: chooses the TLS context when the client has said hello. */
final class HelloHandler extends SniHandler {
  /** A fatal alert before anything was agreed on: TLS record, its last octet the description. */
  private static final byte[] ALERT = {0x15, 3, 3, 0, 2, 2, 0};

  private static final byte INTERNAL_ERROR = 80;
  private static final byte HANDSHAKE_FAILURE = 40;
  private static final byte UNRECOGNIZED_NAME = 112;

  private final TlsContexts contexts;
  private final Supplier<ConnectionFacts> facts;
  private @Nullable String serverName;
  private @Nullable TlsHandshake handshake;
  private TlsContexts.@Nullable Chosen chosen;
  private @Nullable ClientHello hello;

  HelloHandler(TlsContexts contexts, Supplier<ConnectionFacts> facts) {
    // Netty's own time limits are off: the greeting's counts, client_header_timeout for all of it
    super((Mapping<String, SslContext>) HelloHandler::unasked, 0, 0);
    this.contexts = contexts;
    this.facts = facts;
  }

  private static SslContext unasked(String name) {
    throw new IllegalStateException("lookup() is overridden");
  }

  /** The name that the client asks for, or null. */
  @Nullable String serverName() {
    return serverName;
  }

  /** What a script left for the connection's requests. */
  @Nullable Object attachment() {
    TlsHandshake scripted = handshake;
    return scripted == null ? null : scripted.attachment();
  }

  /** What was chosen for the connection, once its handshake is over. */
  TlsContexts.Chosen chosen() {
    return Objects.requireNonNull(chosen);
  }

  /** What the client said, once its handshake is over. */
  ClientHello hello() {
    return Objects.requireNonNull(hello);
  }

  @Override
  protected SslHandler newSslHandler(SslContext context, ByteBufAllocator allocator) {
    SslHandler handler = super.newSslHandler(context, allocator);
    handler.setHandshakeTimeoutMillis(0);
    TlsServer.Suites suites = chosen().suites();
    SSLParameters parameters = handler.engine().getSSLParameters();
    parameters.setUseCipherSuitesOrder(suites.order() == TlsServer.Order.SERVER);
    if (!suites.groups().isEmpty()) {
      parameters.setNamedGroups(
          suites.groups().stream().map(CipherSuites::jdkGroup).toArray(String[]::new));
    }
    handler.engine().setSSLParameters(parameters);
    return handler;
  }

  @Override
  protected Future<SslContext> lookup(ChannelHandlerContext ctx, @Nullable String hostname)
      throws Exception {
    serverName = hostname;
    if (contexts.refuses(hostname)) {
      refuse(ctx, UNRECOGNIZED_NAME);
      return ctx.executor().newFailedFuture(new SSLException("the name is not served here"));
    }
    try {
      TlsContexts.Chosen configured = contexts.of(hostname);
      chosen = configured;
      return ctx.executor().newSucceededFuture(configured.context());
    } catch (SSLException e) {
      refuse(ctx, INTERNAL_ERROR);
      return ctx.executor().newFailedFuture(e);
    }
  }

  @Override
  protected Future<SslContext> lookup(ChannelHandlerContext ctx, ByteBuf clientHello)
      throws Exception {
    Future<SslContext> configured = super.lookup(ctx, clientHello);
    TlsScript script = contexts.script();
    if (clientHello == null) {
      return configured;
    }
    ClientHello said = new ClientHello(ByteBufUtil.getBytes(clientHello));
    hello = said;
    if (serverName != null) {
      serverName = said.serverName(serverName); // Netty's is in small letters
    }
    if (script == null || contexts.refuses(serverName)) {
      return configured;
    }
    TlsHandshake scripted = new TlsHandshake(facts.get(), serverName, said);
    handshake = scripted;
    Promise<SslContext> decided = ctx.executor().newPromise();
    Fiber.start(scripted.loop(), "handshake", () -> decide(ctx, script, scripted, decided));
    return decided;
  }

  private void decide(
      ChannelHandlerContext ctx,
      TlsScript script,
      TlsHandshake scripted,
      Promise<SslContext> decided) {
    try {
      if (!script.decide(scripted)) {
        refuse(ctx, INTERNAL_ERROR);
        decided.setFailure(new SSLException("the handshake was refused"));
      } else {
        TlsContexts.Chosen found = contexts.of(scripted);
        chosen = found;
        decided.setSuccess(found.context());
      }
    } catch (SSLException e) {
      refuse(ctx, HANDSHAKE_FAILURE);
      decided.setFailure(e);
    } catch (RuntimeException | Error e) {
      refuse(ctx, INTERNAL_ERROR);
      decided.setFailure(e);
      throw e;
    }
  }

  private static void refuse(ChannelHandlerContext ctx, byte description) {
    byte[] alert = ALERT.clone();
    alert[alert.length - 1] = description;
    ctx.writeAndFlush(Unpooled.wrappedBuffer(alert));
  }
}
