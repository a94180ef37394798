package dev.banyan.host;

import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Port;
import dev.banyan.api.Writes;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks a port's class once and binds its handlers and functions. */
final class PortBinder {
  private final Port port;
  private final Class<?> type;
  private final WriteRules rules;
  private final Map<String, BoundHandler> handlers = new HashMap<>();
  private final Map<String, BoundFunction> functions = new HashMap<>();

  private PortBinder(Port port) {
    this.port = port;
    this.type = port.getClass();
    this.rules = WriteRules.of(type.getAnnotation(Writes.class));
  }

  /**
   * Binds a port.
   *
   * @throws PortDefect when a member can't be bound
   */
  static BoundPort bind(Port port, String version, String checksum) {
    LuaModule module = port.getClass().getAnnotation(LuaModule.class);
    if (module == null) {
      throw new PortDefect("port " + port.getClass().getName() + " lacks @LuaModule(\"name\")");
    }
    PortBinder binder = new PortBinder(port);
    binder.bindMembers();
    if (binder.handlers.isEmpty() && binder.functions.isEmpty()) {
      throw new PortDefect(
          "port " + binder.type.getName() + " has no method with @Handler or @Function");
    }
    return new BoundPort(
        module.value(), binder.type, version, checksum, binder.handlers, binder.functions);
  }

  private void bindMembers() {
    for (Method method : type.getDeclaredMethods()) {
      Handler handler = method.getAnnotation(Handler.class);
      Function function = method.getAnnotation(Function.class);
      if (handler == null && function == null) {
        continue;
      }
      if (Modifier.isStatic(method.getModifiers())) {
        throw new PortDefect(where(method) + " must not be static");
      }
      if (handler != null) {
        unique(handler.value(), method);
        handlers.put(handler.value(), bindHandler(handler, method));
      } else if (function != null) {
        unique(function.value(), method);
        functions.put(function.value(), bindFunction(function, method));
      }
    }
  }

  private void unique(String name, Method method) {
    if (handlers.containsKey(name) || functions.containsKey(name)) {
      throw new PortDefect(where(method) + " replaces \"" + name + "\" a second time");
    }
  }

  private BoundHandler bindHandler(Handler handler, Method method) {
    if (method.getReturnType() != Decision.class) {
      throw new PortDefect(where(method) + " must return Decision");
    }
    Class<?> input = null;
    for (Class<?> parameter : method.getParameterTypes()) {
      if (Capabilities.offers(parameter)) {
        continue;
      }
      if (input != null || !parameter.isRecord()) {
        throw new PortDefect(
            where(method)
                + " takes one input record and capabilities (Clock), not "
                + parameter.getName());
      }
      input = parameter;
    }
    return new BoundHandler(
        handler.value(),
        handler.phase(),
        sources(input),
        constructor(input),
        method.getParameterTypes(),
        Handles.method(port, method),
        rules);
  }

  private static Source[] sources(@Nullable Class<?> input) {
    if (input == null) {
      return new Source[0];
    }
    RecordComponent[] components = input.getRecordComponents();
    Source[] sources = new Source[components.length];
    for (int i = 0; i < sources.length; i++) {
      sources[i] = Sources.of(components[i]);
    }
    return sources;
  }

  private static @Nullable MethodHandle constructor(@Nullable Class<?> input) {
    return input == null ? null : Handles.recordConstructor(input);
  }

  private BoundFunction bindFunction(Function function, Method method) {
    for (Class<?> parameter : method.getParameterTypes()) {
      if (!Capabilities.offers(parameter) && !BoundFunction.acceptable(parameter)) {
        throw new PortDefect(
            where(method)
                + " has a parameter of type "
                + parameter.getName()
                + ": expected String, double, long, boolean, View, Object or a capability");
      }
    }
    return new BoundFunction(
        function.value(),
        method.getParameterTypes(),
        Handles.method(port, method),
        method.getReturnType() == void.class);
  }

  private String where(Method method) {
    return "port " + type.getName() + "." + method.getName();
  }
}
