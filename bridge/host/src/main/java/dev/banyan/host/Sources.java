package dev.banyan.host;

import dev.banyan.api.AllHeaders;
import dev.banyan.api.Arg;
import dev.banyan.api.Arguments;
import dev.banyan.api.Body;
import dev.banyan.api.Cookie;
import dev.banyan.api.Ctx;
import dev.banyan.api.Header;
import dev.banyan.api.Headers;
import dev.banyan.api.Path;
import dev.banyan.api.QueryArgs;
import dev.banyan.api.RawTarget;
import dev.banyan.api.RequestMethod;
import dev.banyan.api.Var;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the source of each component of an input record from its annotation, once. */
final class Sources {
  private Sources() {}

  static Source of(RecordComponent component) {
    Source source = find(component);
    if (source == null) {
      throw new PortDefect(
          where(component)
              + " names no source: annotate it with @Header, @Var, @Arg, @QueryArgs, @Cookie, @Ctx,"
              + " @Body, @Path, @RawTarget, @RequestMethod or @AllHeaders");
    }
    return source;
  }

  private static @Nullable Source find(RecordComponent c) {
    Header header = c.getAnnotation(Header.class);
    if (header != null) {
      String name = header.value();
      if (c.getType() == List.class) {
        return call -> call.headers(name);
      }
      require(c, String.class);
      return call -> call.header(name);
    }
    Var variable = c.getAnnotation(Var.class);
    if (variable != null) {
      require(c, String.class);
      String name = variable.value();
      return call -> call.variable(name);
    }
    Cookie cookie = c.getAnnotation(Cookie.class);
    if (cookie != null) {
      require(c, String.class);
      String name = "cookie_" + cookie.value();
      return call -> call.variable(name);
    }
    Arg arg = c.getAnnotation(Arg.class);
    if (arg != null) {
      require(c, String.class);
      String name = arg.value();
      return call -> Arguments.parse(call.args(), 0).first(name);
    }
    QueryArgs args = c.getAnnotation(QueryArgs.class);
    if (args != null) {
      require(c, Arguments.class);
      int max = args.max();
      return call -> Arguments.parse(call.args(), max);
    }
    AllHeaders headers = c.getAnnotation(AllHeaders.class);
    if (headers != null) {
      require(c, Headers.class);
      int max = headers.max();
      return call -> call.allHeaders(max);
    }
    return findRest(c);
  }

  private static @Nullable Source findRest(RecordComponent c) {
    if (c.isAnnotationPresent(RequestMethod.class)) {
      require(c, String.class);
      return CallView::method;
    }
    if (c.isAnnotationPresent(Path.class)) {
      require(c, String.class);
      return CallView::path;
    }
    if (c.isAnnotationPresent(RawTarget.class)) {
      require(c, String.class);
      return CallView::rawTarget;
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
    return null;
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
