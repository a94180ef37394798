package dev.banyan.lua.seam;

import dev.banyan.api.Way;
import dev.banyan.lua.LuaAbort;
import dev.banyan.lua.LuaText;
import dev.banyan.lua.LuaVm;
import dev.banyan.lua.NativeFunction;
import dev.banyan.lua.ngx.NgxSignal;
import dev.banyan.lua.ngx.Outcome;
import dev.banyan.lua.ngx.RequestContext;
import dev.banyan.lua.ngx.RequestHost;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaError;
import org.luaj.vm2.LuaFunction;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * Owned by its machine's thread: a loaded Lua module whose ported functions go through the seam.
 *
 * <p>A call that the module's own Lua makes to itself stays in Lua: the call that brought the
 * request into the module has been decided already.
 */
final class PortedModule {
  private final LuaVm vm;
  private final String name;
  private final SeamSwitch seam;
  private final IdentityHashMap<RequestHost, Integer> inside = new IdentityHashMap<>();

  PortedModule(LuaVm vm, String name, SeamSwitch seam) {
    this.vm = vm;
    this.name = name;
    this.seam = seam;
  }

  /** The function that takes the place of {@code original} in the module's table. */
  LuaFunction wrap(String function, LuaFunction original) {
    return NativeFunction.of(function, args -> call(function, original, args));
  }

  private Varargs call(String function, LuaFunction original, Varargs args) {
    RequestHost request = RequestContext.current(vm);
    if (request == null || inside.containsKey(request)) {
      return original.invoke(args);
    }
    SeamCall call = new SeamCall(name, function, request, args);
    if (!seam.answers(call)) {
      return original.invoke(args);
    }
    return switch (seam.way(call)) {
      case LUA -> lua(call, original, args);
      case SHADOW -> shadowed(call, original, args);
      case JAVA -> java(call, original, args);
    };
  }

  private Varargs lua(SeamCall call, LuaFunction original, Varargs args) {
    long start = System.nanoTime();
    inside.merge(call.request(), 1, Integer::sum);
    try {
      return original.invoke(args);
    } finally {
      inside.remove(call.request());
      seam.answered(call, Way.LUA, System.nanoTime() - start);
    }
  }

  private Varargs java(SeamCall call, LuaFunction original, Varargs args) {
    long start = System.nanoTime();
    return switch (seam.java(call)) {
      case SeamReply.Decide(var decision) -> {
        seam.answered(call, Way.JAVA, System.nanoTime() - start);
        yield EffectApplier.apply(decision, call.request());
      }
      case SeamReply.Return(var results) -> {
        seam.answered(call, Way.JAVA, System.nanoTime() - start);
        String error = results.error();
        if (error != null) {
          throw new LuaError(LuaText.of(error));
        }
        yield JavaValues.toLua(results.values());
      }
      case SeamReply.CallLua _ -> lua(call, original, args);
    };
  }

  private Varargs shadowed(SeamCall call, LuaFunction original, Varargs args) {
    SeamSwitch.Shadow shadow = seam.shadow(call);
    if (shadow == null) {
      return lua(call, original, args);
    }
    RequestHost request = call.request();
    Watched watched = shadow.watched();
    Observed before =
        new Observed(List.of(), null, null, RequestState.read(request, watched), null);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    request.tap(body::writeBytes);
    try {
      Varargs results = lua(call, original, args);
      observe(shadow, before, watched, request, results, null, null, body);
      return results;
    } catch (LuaAbort end) {
      observe(
          shadow, before, watched, request, LuaValue.NONE, null, ending(end, request, body), body);
      throw end;
    } catch (LuaError error) {
      String text = LuaText.latin1(error.getMessageObject());
      observe(shadow, before, watched, request, LuaValue.NONE, text, null, body);
      throw error;
    } finally {
      request.tap(null);
    }
  }

  /**
   * What ended the handler, in the terms of a decision: after a body was sent, {@code ngx.exit}
   * only ends the run, and the answer's status is the one that was sent.
   */
  private static String ending(LuaAbort end, RequestHost request, ByteArrayOutputStream body) {
    boolean answered =
        body.size() > 0
            && end instanceof NgxSignal signal
            && signal.outcome() instanceof Outcome.Exit;
    return answered
        ? new Outcome.Exit(request.status()).toString()
        : String.valueOf(end.getMessage());
  }

  private static void observe(
      SeamSwitch.Shadow shadow,
      Observed before,
      Watched watched,
      RequestHost request,
      Varargs results,
      @Nullable String error,
      @Nullable String ending,
      ByteArrayOutputStream body) {
    List<@Nullable Object> values =
        JavaValues.toJava(results).stream().<@Nullable Object>map(JavaValues::lasting).toList();
    String sent = body.size() == 0 ? null : body.toString(StandardCharsets.ISO_8859_1);
    shadow.control(
        before, new Observed(values, error, ending, RequestState.read(request, watched), sent));
  }
}
