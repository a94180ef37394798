package dev.banyan.transport;

import dev.banyan.fiber.Fiber;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
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

  HelloHandler(TlsContexts contexts, Supplier<ConnectionFacts> facts) {
    super((Mapping<String, SslContext>) contexts::of);
    this.contexts = contexts;
    this.facts = facts;
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

  @Override
  protected Future<SslContext> lookup(ChannelHandlerContext ctx, @Nullable String hostname)
      throws Exception {
    serverName = hostname;
    if (contexts.refuses(hostname)) {
      refuse(ctx, UNRECOGNIZED_NAME);
      return ctx.executor().newFailedFuture(new SSLException("the name is not served here"));
    }
    return super.lookup(ctx, hostname);
  }

  @Override
  protected Future<SslContext> lookup(ChannelHandlerContext ctx, ByteBuf clientHello)
      throws Exception {
    Future<SslContext> configured = super.lookup(ctx, clientHello);
    TlsScript script = contexts.script();
    if (script == null || clientHello == null || contexts.refuses(serverName)) {
      return configured;
    }
    ClientHello hello = new ClientHello(ByteBufUtil.getBytes(clientHello));
    TlsHandshake scripted = new TlsHandshake(facts.get(), serverName, hello);
    handshake = scripted;
    Promise<SslContext> chosen = ctx.executor().newPromise();
    Fiber.start(scripted.loop(), "handshake", () -> decide(ctx, script, scripted, chosen));
    return chosen;
  }

  private void decide(
      ChannelHandlerContext ctx,
      TlsScript script,
      TlsHandshake scripted,
      Promise<SslContext> chosen) {
    try {
      if (!script.decide(scripted)) {
        refuse(ctx, INTERNAL_ERROR);
        chosen.setFailure(new SSLException("the handshake was refused"));
      } else {
        chosen.setSuccess(contexts.of(scripted));
      }
    } catch (SSLException e) {
      refuse(ctx, HANDSHAKE_FAILURE);
      chosen.setFailure(e);
    } catch (RuntimeException | Error e) {
      refuse(ctx, INTERNAL_ERROR);
      chosen.setFailure(e);
      throw e;
    }
  }

  private static void refuse(ChannelHandlerContext ctx, byte description) {
    byte[] alert = ALERT.clone();
    alert[alert.length - 1] = description;
    ctx.writeAndFlush(Unpooled.wrappedBuffer(alert));
  }
}
