package dev.banyan.host;

import dev.banyan.api.AllHeaders;
import dev.banyan.api.AllResponseHeaders;
import dev.banyan.api.Arg;
import dev.banyan.api.Arguments;
import dev.banyan.api.Body;
import dev.banyan.api.Chunk;
import dev.banyan.api.Cookie;
import dev.banyan.api.Ctx;
import dev.banyan.api.Header;
import dev.banyan.api.Headers;
import dev.banyan.api.LastChunk;
import dev.banyan.api.LastFailure;
import dev.banyan.api.ModuleField;
import dev.banyan.api.Path;
import dev.banyan.api.PeerFailure;
import dev.banyan.api.QueryArgs;
import dev.banyan.api.RawTarget;
import dev.banyan.api.RequestMethod;
import dev.banyan.api.ResponseHeader;
import dev.banyan.api.ResponseStatus;
import dev.banyan.api.Tenant;
import dev.banyan.api.Var;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the source of each component of an input record from its annotation, once. Names are
 * interned: most often they are found as the same object, without a look at their chars.
 */
final class Sources {
  /** Every call hands one over as an object. */
  private static final Integer[] STATUSES = IntStream.range(0, 600).boxed().toArray(Integer[]::new);

  private Sources() {}

  static Source of(RecordComponent component) {
    Source source = find(component);
    if (source == null) {
      throw new PortDefect(
          where(component)
              + " names no source: annotate it with @Header, @Var, @Arg, @QueryArgs, @Cookie, @Ctx,"
              + " @Tenant, @Body, @Path, @RawTarget, @RequestMethod, @AllHeaders, @ResponseStatus,"
              + " @ResponseHeader, @AllResponseHeaders, @Chunk, @LastChunk, @LastFailure or"
              + " @ModuleField");
    }
    return source;
  }

  private static @Nullable Source find(RecordComponent c) {
    Header header = c.getAnnotation(Header.class);
    if (header != null) {
      String name = header.value().intern();
      if (c.getType() == List.class) {
        return new InHead(false, call -> call.headers(name), head -> head.all(name));
      }
      require(c, String.class);
      return new InHead(false, call -> call.header(name), head -> head.first(name));
    }
    Var variable = c.getAnnotation(Var.class);
    if (variable != null) {
      require(c, String.class);
      String name = variable.value().intern();
      return call -> call.variable(name);
    }
    Cookie cookie = c.getAnnotation(Cookie.class);
    if (cookie != null) {
      require(c, String.class);
      String name = ("cookie_" + cookie.value()).intern();
      return call -> call.variable(name);
    }
    Arg arg = c.getAnnotation(Arg.class);
    if (arg != null) {
      require(c, String.class);
      String name = arg.value().intern();
      return new OfArguments(raw -> Arguments.first(raw, name));
    }
    QueryArgs args = c.getAnnotation(QueryArgs.class);
    if (args != null) {
      require(c, Arguments.class);
      int max = args.max();
      return new OfArguments(raw -> LastArguments.of(raw, max));
    }
    AllHeaders headers = c.getAnnotation(AllHeaders.class);
    if (headers != null) {
      require(c, Headers.class);
      int max = headers.max();
      return new InHead(false, call -> call.allHeaders(max), head -> head.frozenFirst(max));
    }
    return findRest(c);
  }

  private static @Nullable Source findRest(RecordComponent c) {
    if (c.isAnnotationPresent(RequestMethod.class)) {
      require(c, String.class);
      return call -> call.method();
    }
    if (c.isAnnotationPresent(Path.class)) {
      require(c, String.class);
      return call -> call.path();
    }
    if (c.isAnnotationPresent(RawTarget.class)) {
      require(c, String.class);
      return call -> call.rawTarget();
    }
    Body body = c.getAnnotation(Body.class);
    if (body != null) {
      require(c, byte[].class);
      return new BodySource(body.max());
    }
    Ctx ctx = c.getAnnotation(Ctx.class);
    if (ctx != null) {
      return CtxSource.of(ctx.value(), c.getType(), where(c));
    }
    Tenant tenant = c.getAnnotation(Tenant.class);
    if (tenant != null) {
      String place = tenant.value().isEmpty() ? "tenant" : "tenant." + tenant.value();
      return CtxSource.of(place, c.getType(), where(c));
    }
    ModuleField field = c.getAnnotation(ModuleField.class);
    if (field != null) {
      return CtxSource.field(field.value(), c.getType(), where(c));
    }
    return findResponse(c);
  }

  private static @Nullable Source findResponse(RecordComponent c) {
    ResponseHeader header = c.getAnnotation(ResponseHeader.class);
    if (header != null) {
      String name = header.value().intern();
      if (c.getType() == List.class) {
        return new InHead(true, call -> call.responseHeaders(name), head -> head.all(name));
      }
      require(c, String.class);
      return new InHead(true, call -> call.responseHeader(name), head -> head.first(name));
    }
    AllResponseHeaders all = c.getAnnotation(AllResponseHeaders.class);
    if (all != null) {
      require(c, Headers.class);
      int max = all.max();
      return new InHead(true, call -> call.allResponseHeaders(max), head -> head.copyFirst(max));
    }
    if (c.isAnnotationPresent(ResponseStatus.class)) {
      require(c, int.class);
      return call -> status(call.status());
    }
    if (c.isAnnotationPresent(Chunk.class)) {
      require(c, byte[].class);
      return call -> call.chunk();
    }
    if (c.isAnnotationPresent(LastChunk.class)) {
      require(c, boolean.class);
      return call -> call.lastChunk();
    }
    if (c.isAnnotationPresent(LastFailure.class)) {
      require(c, PeerFailure.class);
      return call -> call.lastFailure();
    }
    return null;
  }

  private static Integer status(int code) {
    return code >= 0 && code < STATUSES.length ? STATUSES[code] : Integer.valueOf(code);
  }

  private static void require(RecordComponent c, Class<?> type) {
    if (c.getType() != type) {
      throw new PortDefect(
          where(c) + " must be of type " + type.getSimpleName() + ", not " + c.getType().getName());
    }
  }

  static String where(RecordComponent c) {
    return "input " + c.getDeclaringRecord().getName() + "." + c.getName();
  }

  /**
   * Something of a message's headers. To note it takes no look at them.
   *
   * @param response whose headers
   * @param live how it is read of a call
   * @param frozen how it is read of the headers as they were
   */
  private record InHead(boolean response, Source live, Function<Headers, @Nullable Object> frozen)
      implements Source {
    @Override
    public @Nullable Object read(CallView call) {
      return live.read(call);
    }

    @Override
    public Object note(CallView call) {
      return response ? call.responseHead() : call.requestHead();
    }

    @Override
    public @Nullable Object value(@Nullable Object noted) {
      return frozen.apply((Headers) Objects.requireNonNull(noted));
    }
  }

  /** Something of the arguments, which are taken apart once nobody waits. */
  private record OfArguments(Function<String, @Nullable Object> parse) implements Source {
    @Override
    public @Nullable Object read(CallView call) {
      return parse.apply(call.args());
    }

    @Override
    public Object note(CallView call) {
      return call.args();
    }

    @Override
    public @Nullable Object value(@Nullable Object noted) {
      return parse.apply((String) Objects.requireNonNull(noted));
    }
  }

  /** The request body, which is only read when somebody needs it. */
  private record BodySource(int max) implements Source {
    @Override
    public @Nullable Object read(CallView call) {
      return call.body(max);
    }

    @Override
    public boolean late() {
      return true;
    }
  }
}
