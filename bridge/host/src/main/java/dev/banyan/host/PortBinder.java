package dev.banyan.host;

import dev.banyan.api.Constant;
import dev.banyan.api.Decision;
import dev.banyan.api.Function;
import dev.banyan.api.Handler;
import dev.banyan.api.LuaModule;
import dev.banyan.api.Mirror;
import dev.banyan.api.Phase;
import dev.banyan.api.Port;
import dev.banyan.api.Relevant;
import dev.banyan.api.Timer;
import dev.banyan.api.Writes;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks a port's class once and binds its handlers and functions. */
final class PortBinder {
  private final Port port;
  private final Class<?> type;
  private final WriteRules rules;
  private final Map<String, BoundHandler> handlers = new HashMap<>();
  private final Map<String, BoundFunction> functions = new HashMap<>();
  private final Map<String, BoundFunction> mirrors = new HashMap<>();
  private final Map<String, BoundMethod> methods = new HashMap<>();
  private final Map<String, BoundTimer> timers = new HashMap<>();
  private final Map<String, Object> constants = new HashMap<>();

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
    binder.checkTimers();
    if (binder.handlers.isEmpty()
        && binder.functions.isEmpty()
        && binder.mirrors.isEmpty()
        && binder.methods.isEmpty()) {
      throw new PortDefect(
          "port "
              + binder.type.getName()
              + " has no method with @Handler, @Function, @Mirror or @Method");
    }
    return new BoundPort(
        module.value(),
        binder.type,
        version,
        checksum,
        Relevance.of(binder.type.getAnnotation(Relevant.class), "port " + binder.type.getName()),
        binder.handlers,
        binder.functions,
        binder.mirrors,
        binder.methods,
        binder.timers,
        binder.constants);
  }

  private void bindMembers() {
    for (Method method : type.getDeclaredMethods()) {
      int roles = 0;
      Handler handler = method.getAnnotation(Handler.class);
      if (handler != null) {
        roles++;
        unique(handler.value(), method);
        handlers.put(handler.value(), bindHandler(handler, method));
      }
      Function function = method.getAnnotation(Function.class);
      if (function != null) {
        roles++;
        unique(function.value(), method);
        functions.put(function.value(), bindFunction(function.value(), method));
      }
      Mirror mirror = method.getAnnotation(Mirror.class);
      if (mirror != null) {
        roles++;
        unique(mirror.value(), method);
        mirrors.put(mirror.value(), bindFunction(mirror.value(), method));
      }
      roles += bindRest(method);
      if (roles > 1) {
        throw new PortDefect(where(method) + " has two roles: keep one of its annotations");
      }
      if (roles > 0 && Modifier.isStatic(method.getModifiers())) {
        throw new PortDefect(where(method) + " must not be static");
      }
    }
  }

  private int bindRest(Method method) {
    int roles = 0;
    dev.banyan.api.Method of = method.getAnnotation(dev.banyan.api.Method.class);
    if (of != null) {
      roles++;
      String name = ":" + of.value();
      if (of.of().length == 0) {
        throw new PortDefect(where(method) + " names no function that makes its objects: of = ...");
      }
      methods.put(name, new BoundMethod(List.of(of.of()), bindFunction(name, method)));
    }
    Timer timer = method.getAnnotation(Timer.class);
    if (timer != null) {
      roles++;
      bindTimer(timer, method);
    }
    Constant constant = method.getAnnotation(Constant.class);
    if (constant != null) {
      roles++;
      bindConstant(constant, method);
    }
    return roles;
  }

  private void unique(String name, Method method) {
    if (handlers.containsKey(name) || functions.containsKey(name) || mirrors.containsKey(name)) {
      throw new PortDefect(where(method) + " replaces \"" + name + "\" a second time");
    }
  }

  private BoundHandler bindHandler(Handler handler, Method method) {
    if (method.getReturnType() != Decision.class) {
      throw new PortDefect(where(method) + " must return Decision");
    }
    Set<Phase> phases =
        handler.phase().length == 0 ? EnumSet.allOf(Phase.class) : Set.of(handler.phase());
    return new BoundHandler(
        handler.value(), phases, BoundCall.of(port, method, where(method)), rules);
  }

  private BoundFunction bindFunction(String name, Method method) {
    return new BoundFunction(
        name, BoundCall.of(port, method, where(method)), method.getReturnType() == void.class);
  }

  private void bindTimer(Timer timer, Method method) {
    BoundCall call = BoundCall.of(port, method, where(method));
    if (method.getReturnType() != void.class || call.input().reads()) {
      throw new PortDefect(
          where(method) + " must return nothing and take no input: there is no request any more");
    }
    if (timer.seconds() < 1) {
      throw new PortDefect(where(method) + " has @Timer(seconds = " + timer.seconds() + ")");
    }
    BoundFunction function = new BoundFunction(timer.value(), call, true);
    if (timers.put(timer.value(), new BoundTimer(Duration.ofSeconds(timer.seconds()), function))
        != null) {
      throw new PortDefect(where(method) + " is timer \"" + timer.value() + "\" a second time");
    }
  }

  /** What may be asked for is there, and what is there may be asked for. */
  private void checkTimers() {
    for (String name : rules.timers()) {
      if (!timers.containsKey(name)) {
        throw new PortDefect(
            "port "
                + type.getName()
                + " declares @Writes(timers = "
                + name
                + ") and has no method with @Timer(\""
                + name
                + "\")");
      }
    }
    for (String name : timers.keySet()) {
      if (!rules.timers().contains(name)) {
        throw new PortDefect(
            "port "
                + type.getName()
                + " has @Timer(\""
                + name
                + "\"), which no decision may ask for: @Writes(timers = "
                + name
                + ") is missing");
      }
    }
  }

  private void bindConstant(Constant constant, Method method) {
    if (method.getParameterCount() > 0) {
      throw new PortDefect(where(method) + " must take no parameters: it is a @Constant");
    }
    Object value;
    try {
      value = (Object) Handles.method(port, method).invokeExact();
    } catch (Throwable t) {
      throw new PortDefect(where(method) + " is a @Constant and threw " + t);
    }
    if (value == null) {
      throw new PortDefect(where(method) + " answers null: a @Constant has a value");
    }
    constants.put(constant.value(), value);
  }

  private String where(Method method) {
    return "port " + type.getName() + "." + method.getName();
  }
}
